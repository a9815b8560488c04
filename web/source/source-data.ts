import type { z } from '@hono/zod-openapi';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { sourceDetailSchema, streamSchema } from '../../src/server/sources/schema.ts';
import type { tableSchema } from '../../src/server/tables/schema.ts';
import { api, read } from '../api/client.ts';
import type { RunStatus, StreamResult } from '../run/run-types.ts';

/** A source with its streams. */
export type SourceDetail = z.output<typeof sourceDetailSchema>;
/** A stream of a source: a chart, or what tells about the charts. */
export type Stream = z.output<typeof streamSchema>;
/** A table of the catalog. */
export type Table = z.output<typeof tableSchema>;

/** Runs that are looked through, newest first, for the last result of each stream. */
const RUNS_BACK = 5;
/** The most that the API gives at once. */
const PAGE = 200;

/** The runs of a source, newest first, page by page. */
export function sourceRunsQuery(id: string, status: RunStatus | null) {
  return infiniteQueryOptions({
    queryKey: ['runs', 'list', id, status],
    queryFn: ({ pageParam, signal }) =>
      read(
        api.sources[':id'].runs.$get(
          {
            param: { id },
            query: {
              limit: '30',
              ...(status === null ? {} : { status }),
              ...(pageParam === '' ? {} : { cursor: pageParam }),
            },
          },
          { init: { signal } },
        ),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

/** Whether a source has put anything into the catalog yet: some run of it was a success, at least in part. */
export function hasSucceededQuery(id: string) {
  return queryOptions({
    queryKey: ['runs', 'list', id, 'succeeded'],
    queryFn: async ({ signal }) => {
      const { items } = await read(
        api.sources[':id'].runs.$get(
          { param: { id }, query: { limit: '1', status: ['success', 'partial'] } },
          { init: { signal } },
        ),
      );
      return items.length > 0;
    },
  });
}

/** The last result of each stream: a retry of a few does not hide what came of the others before. */
export function latestResultsQuery(id: string) {
  return queryOptions({
    queryKey: ['runs', 'list', id, 'latest'],
    queryFn: async ({ signal }) => {
      const { items } = await read(
        api.sources[':id'].runs.$get(
          { param: { id }, query: { limit: String(RUNS_BACK) } },
          { init: { signal } },
        ),
      );
      const latest = new Map<string, StreamResult & { readonly runId: string }>();
      for (const { id: runId, streams } of items) {
        const run = await read(
          api.runs[':id'].$get({ param: { id: runId } }, { init: { signal } }),
        );
        for (const result of run.results) {
          if (!latest.has(result.stream)) latest.set(result.stream, { ...result, runId });
        }
        if (streams === null && run.results.length > 0 && run.status !== 'canceled') break;
      }
      return latest;
    },
  });
}

/** The tables that the streams of a source fill, by stream. */
export function sourceTablesQuery(id: string) {
  return queryOptions({
    queryKey: ['tables', 'of-source', id],
    queryFn: async ({ signal }) => {
      const tables = new Map<string, Table>();
      let cursor: string | null = null;
      do {
        const page: { items: Table[]; next_cursor: string | null } = await read(
          api.tables.$get(
            {
              query: {
                source_id: id,
                limit: String(PAGE),
                ...(cursor === null ? {} : { cursor }),
              },
            },
            { init: { signal } },
          ),
        );
        for (const table of page.items) {
          if (table.owner !== null) tables.set(table.owner.stream, table);
        }
        cursor = page.next_cursor;
      } while (cursor !== null);
      return tables;
    },
  });
}
