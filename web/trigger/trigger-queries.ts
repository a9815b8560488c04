import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, read } from '../api/client.ts';
import type { TriggerChoice } from './trigger-choice.ts';

/** How many sources are offered at once to come after. */
const OFFERED = 20;

/** A trigger is asked about once it has stood for so long. */
export const TYPING_MS = 300;

/** What a trigger means: in words, with the next five runs and what to consider. */
export function triggerPreviewQuery(
  trigger: TriggerChoice,
  {
    sourceId,
    validationId,
  }: { readonly sourceId?: string | undefined; readonly validationId?: string | undefined },
) {
  return queryOptions({
    queryKey: ['triggers', 'preview', trigger, sourceId ?? null, validationId ?? null],
    queryFn: ({ signal }) =>
      read(
        api.triggers.preview.$post(
          {
            json: {
              trigger,
              ...(sourceId === undefined ? {} : { source_id: sourceId }),
              ...(validationId === undefined ? {} : { validation_id: validationId }),
            },
          },
          { init: { signal } },
        ),
      ),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** Sources whose name or description holds a text, by name. */
export function sourceNamesQuery(text: string) {
  return queryOptions({
    queryKey: ['sources', 'names', text],
    queryFn: ({ signal }) =>
      read(
        api.sources.$get(
          { query: { limit: String(OFFERED), ...(text === '' ? {} : { text }) } },
          { init: { signal } },
        ),
      ),
    select: ({ items }) => items.map(({ id, name }) => ({ id, name })),
    placeholderData: keepPreviousData,
  });
}
