import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { api } from '../api/client.ts';
import { sessionQuery } from '../api/queries.ts';
import { sessionEnded } from '../api/session-end.ts';
import { PasswordField } from '../entry/password-field.tsx';
import { useAttempts } from '../entry/use-attempts.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { sayDuration } from '../parts/quantities.tsx';
import { words as entry } from '../words/entry.ts';
import { words } from '../words/session.ts';

/** Over whatever is open, once a session has ended: the work beneath stays as it is. */
export function SessionExpired() {
  const ended = useSyncExternalStore(sessionEnded.subscribe, sessionEnded.hasEnded);
  return (
    <Modal
      opened={ended}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={words.expired}
      centered
      // Over dialogs that were open when the session ended.
      zIndex={1_000}
    >
      <SignInAgain />
    </Modal>
  );
}

function SignInAgain() {
  const client = useQueryClient();
  const [email, setEmail] = useState(
    () => client.getQueryData(sessionQuery.queryKey)?.user?.email ?? '',
  );
  const [password, setPassword] = useState('');
  const passwordInput = useRef<HTMLInputElement>(null);
  const { attempt, waitMs, forget } = useAttempts();
  useSignInElsewhere();
  const signIn = useMutation({
    mutationFn: () => attempt(api.session.$post({ json: { email: email.trim(), password } })),
    onSuccess: async (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      sessionEnded.begin();
      await client.invalidateQueries();
    },
    onError: () => passwordInput.current?.select(),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    // The dialog may stand over a form of which it is a part in React's tree.
    event.stopPropagation();
    if (waitMs === 0 && !signIn.isPending) signIn.mutate();
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="md">{words.expiredHelp}</Text>
        {signIn.error && <ProblemAlert error={signIn.error} />}
        <TextInput
          label={words.email}
          name="username"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => {
            setEmail(event.currentTarget.value);
            forget();
          }}
        />
        <PasswordField
          ref={passwordInput}
          label={words.password}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth loading={signIn.isPending} disabled={waitMs > 0}>
          {waitMs > 0 ? entry.waitFor(sayDuration(waitMs)) : words.signIn}
        </Button>
      </Stack>
    </form>
  );
}

/** Whoever signs in again in another window has done so in this one. */
function useSignInElsewhere(): void {
  const { dataUpdatedAt } = useQuery({
    ...sessionQuery,
    refetchOnMount: false,
    refetchOnWindowFocus: 'always',
  });
  const before = useRef(dataUpdatedAt);
  useEffect(() => {
    if (dataUpdatedAt > before.current) sessionEnded.begin();
  }, [dataUpdatedAt]);
}
