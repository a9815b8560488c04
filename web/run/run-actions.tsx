import { Button, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { TbPlayerPlay, TbPlayerStop, TbRefresh } from 'react-icons/tb';
import { api, read } from '../api/client.ts';
import { runQuery } from '../api/queries.ts';
import { useMayEdit } from '../sources/may-edit.ts';
import { useRunNow } from '../sources/use-run-now.ts';
import { words } from '../words/run.ts';
import { isActive, type RunStatus } from './run-types.ts';

/** Canceling a run, and running again what failed in it. */
export function useRunActions(
  id: string,
  status: RunStatus,
  hasFailures: boolean,
  /** `default` beside another main action. */
  variant: 'filled' | 'default' = 'filled',
) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayEdit = useMayEdit();
  const forget = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: runQuery(id).queryKey }),
      client.invalidateQueries({ queryKey: ['sources'] }),
    ]);
  const cancel = useMutation({
    mutationFn: () => read(api.runs[':id'].cancel.$post({ param: { id } })),
    onSettled: forget,
  });
  const retry = useMutation({
    mutationFn: () =>
      read(
        api.runs[':id'].retry.$post(
          { param: { id } },
          { headers: { 'Idempotency-Key': crypto.randomUUID() } },
        ),
      ),
    onSuccess: async (run) => {
      await forget();
      await navigate({ to: '/runs/$id', params: { id: run.id } });
    },
  });
  const cancelButton = mayEdit && isActive(status) && (
    <Button
      variant="default"
      leftSection={<TbPlayerStop size={16} strokeWidth={1.7} aria-hidden />}
      loading={cancel.isPending}
      disabled={status === 'canceling'}
      onClick={() => cancel.mutate()}
    >
      {status === 'canceling' ? words.canceling : words.cancel}
    </Button>
  );
  const retryButton = mayEdit && !isActive(status) && hasFailures && (
    <Tooltip label={words.retryHint} multiline maw={280}>
      <Button
        variant={variant}
        leftSection={<TbRefresh size={16} strokeWidth={1.7} aria-hidden />}
        loading={retry.isPending}
        onClick={() => retry.mutate()}
      >
        {words.retry}
      </Button>
    </Tooltip>
  );
  return { cancel: cancelButton, retry: retryButton, error: cancel.error ?? retry.error };
}

/** Running a whole source again, from a run of it that has ended; leads to the new run. */
export function useRunAgain(sourceId: string) {
  const navigate = useNavigate();
  const mayEdit = useMayEdit();
  const run = useRunNow(sourceId);
  const button = mayEdit && (
    <Button
      variant="default"
      leftSection={<TbPlayerPlay size={16} strokeWidth={1.7} aria-hidden />}
      loading={run.isPending}
      onClick={() =>
        run.mutate(undefined, {
          onSuccess: ({ id }) => navigate({ to: '/runs/$id', params: { id } }),
        })
      }
    >
      {words.runAgain}
    </Button>
  );
  return { button, error: run.error };
}
