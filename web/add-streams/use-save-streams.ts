import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { z } from 'zod';
import type { addedStreamsSchema } from '../../src/server/sources/schema.ts';
import { useIntentKey } from '../add-source/finish/use-intent-key.ts';
import type { TableRow } from '../add-source/tables/table-plan.ts';
import { api, read } from '../api/client.ts';
import { offerRun } from './run-offer.tsx';

/** Streams to add. */
export interface SentStreams {
  /** As the service takes them. */
  readonly body: z.input<typeof addedStreamsSchema>;
  /** The same as they are shown, in the same order. */
  readonly rows: readonly TableRow[];
}

const NOUNS = ['sources', 'tables', 'layers'];

/** Adds streams to a source, then shows them there and offers to run it. */
export function useSaveStreams(
  source: { readonly id: string; readonly name: string },
  onSaved: () => void,
) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const keyOf = useIntentKey();
  const { id } = source;
  return useMutation({
    mutationFn: ({ body }: SentStreams) =>
      keyOf(body, (key) =>
        read(
          api.sources[':id'].streams.$post(
            { param: { id }, json: body },
            { headers: { 'Idempotency-Key': key } },
          ),
        ),
      ),
    onSuccess: async (_, { rows }) => {
      onSaved();
      for (const noun of NOUNS) void client.invalidateQueries({ queryKey: [noun] });
      await navigate({ to: '/sources/$id/streams', params: { id } });
      offerRun(source, rows.length, (runId) => {
        for (const noun of ['sources', 'runs']) {
          void client.invalidateQueries({ queryKey: [noun] });
        }
        void navigate({ to: '/runs/$id', params: { id: runId } });
      });
    },
  });
}
