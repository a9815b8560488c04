import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, read } from '../api/client.ts';

/** Runs a source now; whatever shows it is read again. */
export function useRunNow(sourceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      read(
        api.sources[':id'].runs.$post(
          { param: { id: sourceId } },
          { headers: { 'Idempotency-Key': crypto.randomUUID() } },
        ),
      ),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['sources'] }),
        client.invalidateQueries({ queryKey: ['runs'] }),
      ]),
  });
}
