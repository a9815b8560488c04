import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, read } from '../api/client.ts';
import type { SourceDetail } from './source-data.ts';

/** What can be changed of a source as a whole. */
export type SourceChanges = Partial<
  Pick<SourceDetail, 'name' | 'description' | 'trigger' | 'time_limit_minutes' | 'paused'>
>;

/** Changes a source; refused if somebody else changed the revision that was seen. */
export function useChangeSource(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ changes, revision }: { changes: SourceChanges; revision?: number }) =>
      read(
        api.sources[':id'].$patch({
          param: { id },
          header: revision === undefined ? {} : { 'if-match': `"${revision}"` },
          json: changes,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sources'] }),
  });
}
