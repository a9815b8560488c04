import { queryOptions } from '@tanstack/react-query';
import { api, read } from '../api/client.ts';

/** Names beyond these are found by typing. */
const PAGE = 200;

/** Tables to insert and to complete. */
export function namesQuery(text: string) {
  return queryOptions({
    queryKey: ['tables', 'list', { text, for: 'explorer' }],
    queryFn: ({ signal }) =>
      read(
        api.tables.$get(
          { query: { limit: String(PAGE), ...(text === '' ? {} : { text }) } },
          { init: { signal } },
        ),
      ),
    staleTime: 30_000,
  });
}
