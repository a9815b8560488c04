import type { z } from '@hono/zod-openapi';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import type { sourceListingSchema } from '../../src/server/sources/schema.ts';
import { api, read } from '../api/client.ts';
import { isActive, type RunStatus } from '../run/run-types.ts';

/** A source as the list shows it. */
export type SourceListing = z.output<typeof sourceListingSchema>;

/** What the list is narrowed to; both stand in its address. */
export interface SourceFilter {
  readonly text: string;
  readonly status: RunStatus | null;
}

/** Statuses that the list can be narrowed to, in the order in which people look for them. */
export const STATUS_CHOICES = [
  'success',
  'partial',
  'failed',
  'running',
  'queued',
  'canceled',
] as const satisfies readonly RunStatus[];

/** How often the list is read again, in ms: while something runs, and otherwise. */
const BUSY_MS = 5_000;
const QUIET_MS = 30_000;

/** The filter that an address asks for; what it cannot mean is left out. */
export function readFilter(search: {
  readonly text?: string;
  readonly status?: string;
}): SourceFilter {
  return {
    text: search.text ?? '',
    status: STATUS_CHOICES.find((status) => status === search.status) ?? null,
  };
}

/** Whether a source is being run. */
export function isBusy({ last_run }: SourceListing): boolean {
  return last_run !== null && isActive(last_run.status);
}

/** About what two windows show: each row is drawn before the screen can be used. */
const PAGE = 25;

/** The sources by name, page by page; kept current while the window is seen. */
export function sourcesQuery({ text, status }: SourceFilter) {
  return infiniteQueryOptions({
    queryKey: ['sources', 'list', { text, status }],
    queryFn: ({ pageParam, signal }) =>
      read(
        api.sources.$get(
          {
            query: {
              limit: String(PAGE),
              ...(text === '' ? {} : { text }),
              ...(status === null ? {} : { status }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          { init: { signal } },
        ),
      ),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isBusy)) ? BUSY_MS : QUIET_MS,
  });
}

function firstPage(): string | null {
  return null;
}
