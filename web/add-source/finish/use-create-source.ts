import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { z } from 'zod';
import type { newSourceSchema } from '../../../src/server/sources/schema.ts';
import { api, read } from '../../api/client.ts';
import { sayProblem } from '../../parts/problem-alert.tsx';
import { words } from '../../words/finish.ts';
import { clearDraft } from '../draft.ts';
import { useIntentKey } from './use-intent-key.ts';

/** A source as the service takes it. */
export type NewSource = z.input<typeof newSourceSchema>;

/** Nouns whose lists show a new source. */
const NOUNS = ['sources', 'runs', 'tables', 'layers'];

/** Makes the source of the wizard, runs it if asked to, and goes there. */
export function useCreateSource() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const keyOf = useIntentKey();
  return useMutation({
    mutationFn: async ({ source, run }: { readonly source: NewSource; readonly run: boolean }) => {
      const made = await keyOf(source, (key) =>
        read(api.sources.$post({ json: source }, { headers: { 'Idempotency-Key': key } })),
      );
      return { made, first: run ? await firstRun(made.id) : null };
    },
    onSuccess: async ({ made, first }) => {
      for (const noun of NOUNS) void client.invalidateQueries({ queryKey: [noun] });
      if (first?.run !== undefined) {
        await navigate({ to: '/runs/$id', params: { id: first.run } });
      } else await navigate({ to: '/sources/$id', params: { id: made.id } });
      // Only now: without a draft the wizard would begin anew.
      clearDraft();
      // The page of a run tells itself how it is.
      if (first === null) {
        notifications.show({
          title: words.created(made.name),
          message: words.createdHelp,
          color: 'teal',
          closeButtonProps: { 'aria-label': words.close },
        });
      } else if (first.failure !== undefined) {
        notifications.show({
          title: words.notRun(made.name),
          message: words.notRunHelp(first.failure),
          color: 'red',
          autoClose: false,
          closeButtonProps: { 'aria-label': words.close },
        });
      }
    },
  });
}

/** The source is there, whatever becomes of its first run. */
async function firstRun(id: string): Promise<{ readonly run?: string; readonly failure?: string }> {
  try {
    const run = await read(
      api.sources[':id'].runs.$post(
        { param: { id } },
        { headers: { 'Idempotency-Key': crypto.randomUUID() } },
      ),
    );
    return { run: run.id };
  } catch (error) {
    return { failure: sayProblem(error).title };
  }
}
