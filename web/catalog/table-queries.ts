import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, read } from '../api/client.ts';

/** A page of the tree. */
const PAGE = 200;
const RECENT = 12;
/** A plot of more rows takes longer than people wait. */
export const PLOTTED_AT_MOST = 50_000;

/** The tables of a layer, page by page. */
export function layerTablesQuery(layer: string) {
  return infiniteQueryOptions({
    queryKey: ['tables', 'list', { layer }],
    queryFn: ({ signal, pageParam }) =>
      read(
        api.tables.$get(
          {
            query: {
              layer,
              limit: String(PAGE),
              ...(pageParam === '' ? {} : { cursor: pageParam }),
            },
          },
          { init: { signal } },
        ),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** The tables whose name, title or note holds a text. */
export function searchQuery(text: string) {
  return queryOptions({
    queryKey: ['tables', 'list', { text }],
    queryFn: ({ signal }) =>
      read(api.tables.$get({ query: { text, limit: String(PAGE) } }, { init: { signal } })),
  });
}

/** All versions of a table, newest first. */
export function versionsQuery(layer: string, name: string) {
  return queryOptions({
    queryKey: ['tables', 'versions', layer, name],
    queryFn: ({ signal }) =>
      read(
        api.tables[':layer'][':name'].versions.$get(
          { param: { layer, name } },
          { init: { signal } },
        ),
      ),
  });
}

/** What each column holds, in numbers. */
export function statisticsQuery(layer: string, name: string) {
  return queryOptions({
    queryKey: ['tables', 'statistics', layer, name],
    queryFn: ({ signal }) =>
      read(
        api.tables[':layer'][':name'].statistics.$get(
          { param: { layer, name } },
          { init: { signal } },
        ),
      ),
  });
}

/** A table whose content changed lately. */
export interface RecentTable {
  readonly layer: string;
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly rows: number | null;
  readonly changedAt: string;
}

/** The tables that changed last. The catalog's own table of tables knows, however many there are. */
export const recentQuery = queryOptions({
  queryKey: ['tables', 'recent'],
  queryFn: async ({ signal }): Promise<RecentTable[]> => {
    const query = `SELECT layer, table_name, title, source, rows, committed_at FROM chartlift.tables WHERE committed_at IS NOT NULL ORDER BY committed_at DESC LIMIT ${RECENT}`;
    const answer = await read(api.sql.$post({ json: { query } }, { init: { signal } }));
    return answer.rows.map(([layer, name, title, source, rows, changedAt]) => ({
      layer: String(layer),
      name: String(name),
      title: typeof title === 'string' ? title : '',
      source: typeof source === 'string' ? source : '',
      rows: typeof rows === 'number' ? rows : null,
      changedAt: String(changedAt),
    }));
  },
});

/** The rows of a version for its plot: more than the preview has, as one chart easily holds 5,000. */
export function plotRowsQuery(layer: string, name: string, version: number) {
  return queryOptions({
    queryKey: ['tables', 'plot', layer, name, version],
    queryFn: ({ signal }) =>
      read(
        api.sql.$post(
          {
            json: {
              query: `SELECT * FROM "${layer}"."${name}"`,
              versions: { [`${layer}.${name}`]: version },
              limit: PLOTTED_AT_MOST,
            },
          },
          { init: { signal } },
        ),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
