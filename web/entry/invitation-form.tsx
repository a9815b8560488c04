import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { fieldMessage } from '../api/problem-error.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { sayDuration } from '../parts/quantities.tsx';
import { words } from '../words/entry.ts';
import { NewPasswordField } from './new-password-field.tsx';
import { judgePassword, SHORTEST_PASSWORD } from './password-strength.ts';
import { useAttempts } from './use-attempts.ts';

/** Sets the password of whoever was invited. */
export function InvitationForm({
  token,
  onDone,
}: {
  readonly token: string;
  readonly onDone: (password: string) => Promise<void>;
}) {
  const { attempt, waitMs } = useAttempts();
  const [password, setPassword] = useState('');
  const [isShort, setShort] = useState(false);
  const accept = useMutation({
    mutationFn: () => attempt(api.invitations.accept.$post({ json: { token, password } })),
    onSuccess: () => onDone(password),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const short = judgePassword(password).kind === 'short';
    setShort(short);
    if (!short && waitMs === 0 && !accept.isPending) accept.mutate();
  }

  const refused = fieldMessage(accept.error, 'password');
  return (
    <form onSubmit={submit}>
      <Stack>
        {accept.error && <ProblemAlert error={accept.error} hideIssues />}
        <NewPasswordField
          value={password}
          onChange={(value) => {
            setPassword(value);
            setShort(false);
          }}
          error={
            isShort
              ? words.passwordTooShort(SHORTEST_PASSWORD)
              : refused && words.fieldProblem(words.newPassword, refused)
          }
        />
        <Button type="submit" size="md" fullWidth loading={accept.isPending} disabled={waitMs > 0}>
          {waitMs > 0 ? words.waitFor(sayDuration(waitMs)) : words.setPassword}
        </Button>
      </Stack>
    </form>
  );
}
