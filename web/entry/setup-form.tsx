import { Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.ts';
import { fieldMessage, ProblemError } from '../api/problem-error.ts';
import { setupQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { sayDuration } from '../parts/quantities.tsx';
import { words } from '../words/entry.ts';
import { NewPasswordField } from './new-password-field.tsx';
import { judgePassword, SHORTEST_PASSWORD } from './password-strength.ts';
import { useAttempts } from './use-attempts.ts';
import { useSignIn } from './use-sign-in.ts';

/** Makes the first administrator and signs them in. */
export function SetupForm({ token }: { readonly token: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { attempt, waitMs } = useAttempts();
  const { signIn } = useSignIn();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isShort, setShort] = useState(false);

  const create = useMutation({
    mutationFn: async () => {
      const credentials = { email: email.trim(), password };
      await attempt(api.setup.$post({ json: { token, name, ...credentials } }));
      // It exists now. Should signing in fail, the sign-in page says why.
      const session = await signIn.mutateAsync(credentials).catch(() => null);
      client.setQueryData(setupQuery.queryKey, { needed: false });
      // Replaces the address that holds the token.
      await navigate({ to: session ? '/sources' : '/sign-in', replace: true });
    },
    onError: (error) => {
      // Perhaps somebody else was faster.
      if (isUnknownLink(error)) {
        void client.invalidateQueries({ queryKey: setupQuery.queryKey });
      }
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const short = judgePassword(password).kind === 'short';
    setShort(short);
    if (!short && waitMs === 0 && !create.isPending) create.mutate();
  }
  function problemOf(field: string, label: string) {
    const message = fieldMessage(create.error, field);
    return message === undefined ? undefined : words.fieldProblem(label, message);
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        {create.error && <ProblemAlert error={create.error} hideIssues />}
        {isUnknownLink(create.error) && (
          <Anchor
            size="sm"
            underline="always"
            renderRoot={(props) => <Link to="/setup" replace {...props} />}
          >
            {words.otherLink}
          </Anchor>
        )}
        <TextInput
          label={words.name}
          placeholder={words.namePlaceholder}
          name="name"
          autoComplete="name"
          maxLength={100}
          required
          withAsterisk={false}
          autoFocus
          value={name}
          error={problemOf('name', words.name)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={words.email}
          placeholder={words.emailPlaceholder}
          name="username"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          required
          withAsterisk={false}
          value={email}
          error={problemOf('email', words.email)}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <NewPasswordField
          value={password}
          onChange={(value) => {
            setPassword(value);
            setShort(false);
          }}
          error={
            isShort
              ? words.passwordTooShort(SHORTEST_PASSWORD)
              : problemOf('password', words.newPassword)
          }
        />
        <Button type="submit" size="md" fullWidth loading={create.isPending} disabled={waitMs > 0}>
          {waitMs > 0 ? words.waitFor(sayDuration(waitMs)) : words.create}
        </Button>
      </Stack>
    </form>
  );
}

function isUnknownLink(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'forbidden';
}
