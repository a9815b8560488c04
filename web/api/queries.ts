import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, read } from './client.ts';

/** Everything that begins with the same noun is forgotten together: `queryClient.invalidateQueries({ queryKey: ['sources'] })`. */

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => read(api.session.$get({}, { init: { signal } })),
  staleTime: 60_000,
  retry: false,
});

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => read(api.setup.$get({}, { init: { signal } })),
  retry: false,
});

export const connectorsQuery = queryOptions({
  queryKey: ['connectors'],
  queryFn: ({ signal }) => read(api.connectors.$get({ query: {} }, { init: { signal } })),
  staleTime: Number.POSITIVE_INFINITY,
});

export const layersQuery = queryOptions({
  queryKey: ['layers'],
  queryFn: ({ signal }) => read(api.layers.$get({}, { init: { signal } })),
});

export function sourceQuery(id: string) {
  return queryOptions({
    queryKey: ['sources', 'one', id],
    queryFn: ({ signal }) => read(api.sources[':id'].$get({ param: { id } }, { init: { signal } })),
  });
}

export function runQuery(id: string) {
  return queryOptions({
    queryKey: ['runs', 'one', id],
    queryFn: ({ signal }) => read(api.runs[':id'].$get({ param: { id } }, { init: { signal } })),
  });
}

/** How often somebody who did not wait for the checks to end asks for them. */
const VALIDATION_POLL_MS = 1_000;

/** @param id empty: none, and nothing is asked */
export function validationQuery(id: string) {
  return queryOptions({
    enabled: id !== '',
    queryKey: ['validations', id],
    queryFn: ({ signal }) =>
      read(api.validations[':id'].$get({ param: { id } }, { init: { signal } })),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? VALIDATION_POLL_MS : false),
  });
}

export function tableQuery(layer: string, name: string) {
  return queryOptions({
    queryKey: ['tables', 'one', layer, name],
    queryFn: ({ signal }) =>
      read(api.tables[':layer'][':name'].$get({ param: { layer, name } }, { init: { signal } })),
  });
}

/** The first rows of a table; of its latest version unless one is named. */
export function previewQuery(
  layer: string,
  name: string,
  {
    version,
    limit = 1_000,
  }: { readonly version?: number | undefined; readonly limit?: number } = {},
) {
  return queryOptions({
    queryKey: ['tables', 'preview', layer, name, version ?? null, limit],
    queryFn: ({ signal }) =>
      read(
        api.tables[':layer'][':name'].preview.$get(
          {
            param: { layer, name },
            query: {
              limit: String(limit),
              ...(version === undefined ? {} : { version: String(version) }),
            },
          },
          { init: { signal } },
        ),
      ),
    placeholderData: keepPreviousData,
  });
}

/** After the end of a run: all that shows what runs do is asked for again. */
export function forgetWhatRunsChange(client: QueryClient): void {
  for (const noun of ['sources', 'runs', 'tables', 'layers']) {
    void client.invalidateQueries({ queryKey: [noun] });
  }
}
