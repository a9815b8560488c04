import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { fieldMessage } from '../api/problem-error.ts';
import { NewPasswordField } from '../entry/new-password-field.tsx';
import { PasswordField } from '../entry/password-field.tsx';
import { judgePassword } from '../entry/password-strength.ts';
import { useAttempts } from '../entry/use-attempts.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/settings.ts';
import { sayDone } from './say-done.ts';

/** Changes the own password. */
export function PasswordChange({ email }: { readonly email: string }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { attempt, waitMs } = useAttempts();
  const change = useMutation({
    mutationFn: () =>
      attempt(
        api.session.password.$put({ json: { current_password: current, new_password: next } }),
      ),
    onSuccess: () => {
      sayDone(words.passwordChanged);
      setCurrent('');
      setNext('');
    },
  });
  const isBad = ['short', 'long'].includes(judgePassword(next).kind);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isBad && !change.isPending) change.mutate();
  }
  const wrong = fieldMessage(change.error, 'current_password');
  const refused = fieldMessage(change.error, 'new_password');
  return (
    <form onSubmit={submit}>
      <Stack maw={380}>
        {/* Tells password managers whose password changes. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordField
          label={words.currentPassword}
          name="current-password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={current}
          error={wrong && words.fieldProblem(words.currentPassword, wrong)}
          onChange={(event) => {
            setCurrent(event.currentTarget.value);
            if (change.error) change.reset();
          }}
        />
        <NewPasswordField
          label={words.nextPassword}
          value={next}
          onChange={setNext}
          error={refused && words.fieldProblem(words.nextPassword, refused)}
        />
        {change.error && wrong === undefined && <ProblemAlert error={change.error} hideIssues />}
        <Text size="sm" c="dimmed">
          {words.changePasswordHelp}
        </Text>
        <Group>
          <Button
            type="submit"
            variant="default"
            loading={change.isPending}
            disabled={current === '' || isBad || waitMs > 0}
          >
            {words.changePassword}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
