import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, read } from '../api/client.ts';

/** The most that one page of a list holds. */
const LIMIT = '200';

/** Begins a list; further pages have the cursor of the one before. */
const FIRST_PAGE: { readonly cursor?: string } = {};

/** What the trail is narrowed to; what is absent does not matter. */
export interface AuditFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly kind?: string;
  /** How many days back. */
  readonly days?: number;
}

/** All users, newest first, page by page. */
export const usersQuery = infiniteQueryOptions({
  queryKey: ['users'],
  queryFn: ({ pageParam, signal }) =>
    read(api.users.$get({ query: { limit: LIMIT, ...pageParam } }, { init: { signal } })),
  initialPageParam: FIRST_PAGE,
  getNextPageParam: ({ next_cursor: cursor }) => (cursor === null ? undefined : { cursor }),
});

/** All tokens, newest first, page by page; for administrators. */
export const tokensQuery = infiniteQueryOptions({
  queryKey: ['tokens'],
  queryFn: ({ pageParam, signal }) =>
    read(api.tokens.$get({ query: { limit: LIMIT, ...pageParam } }, { init: { signal } })),
  initialPageParam: FIRST_PAGE,
  getNextPageParam: ({ next_cursor: cursor }) => (cursor === null ? undefined : { cursor }),
});

/** What was changed, newest first, page by page. */
export function auditQuery({ actor, action, kind, days }: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: ['audit', { actor, action, kind, days }],
    queryFn: ({ pageParam, signal }) =>
      read(
        api.audit.$get(
          {
            query: {
              limit: '50',
              ...(actor === undefined ? {} : { actor_id: actor }),
              ...(action === undefined ? {} : { action }),
              ...(kind === undefined ? {} : { target_type: kind }),
              ...(days === undefined ? {} : { since: daysAgo(days) }),
              ...pageParam,
            },
          },
          { init: { signal } },
        ),
      ),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: ({ next_cursor: cursor }) => (cursor === null ? undefined : { cursor }),
  });
}

/** Names of sources by id, for what the trail knows by id only. */
export const sourceNamesQuery = queryOptions({
  queryKey: ['sources', 'names'],
  queryFn: async ({ signal }) => {
    const { items } = await read(
      api.sources.$get({ query: { limit: LIMIT } }, { init: { signal } }),
    );
    return new Map(items.map(({ id, name }) => [id, name]));
  },
  staleTime: 60_000,
});

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString();
}
