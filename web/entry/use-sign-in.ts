import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { sessionQuery } from '../api/queries.ts';
import { sessionEnded } from '../api/session-end.ts';
import { useAttempts } from './use-attempts.ts';

/** Begins a session; nothing that somebody else saw in this window is left. */
export function useSignIn() {
  const client = useQueryClient();
  const { attempt, waitMs, forget } = useAttempts();
  const signIn = useMutation({
    mutationFn: (credentials: { readonly email: string; readonly password: string }) =>
      attempt(api.session.$post({ json: credentials })),
    onSuccess: (session) => {
      client.removeQueries();
      client.setQueryData(sessionQuery.queryKey, session);
      sessionEnded.begin();
    },
  });
  return { signIn, waitMs, forget };
}
