import { keepPreviousData, queryOptions } from '@tanstack/react-query';
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

export function validationQuery(id: string) {
  return queryOptions({
    queryKey: ['validations', id],
    queryFn: ({ signal }) =>
      read(api.validations[':id'].$get({ param: { id } }, { init: { signal } })),
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
