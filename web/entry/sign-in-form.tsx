import { Button, Stack, TextInput } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { sayDuration } from '../parts/quantities.tsx';
import { words } from '../words/entry.ts';
import { PasswordField } from './password-field.tsx';
import { safeNext } from './safe-next.ts';
import { useSignIn } from './use-sign-in.ts';

/**
 * E-mail and password; goes on to `next` once they are right.
 *
 * @param password known already, when it was just set
 */
export function SignInForm({
  next,
  password: known = '',
}: {
  readonly next?: string | undefined;
  readonly password?: string;
}) {
  const router = useRouter();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState(known);
  const passwordInput = useRef<HTMLInputElement>(null);
  const { signIn, waitMs, forget } = useSignIn();
  const isWaiting = waitMs > 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isWaiting || signIn.isPending) return;
    signIn.mutate(
      { email: email.trim(), password },
      {
        onSuccess: () => router.history.replace(safeNext(next, window.location.origin)),
        onError: () => passwordInput.current?.select(),
      },
    );
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        {signIn.error && <ProblemAlert error={signIn.error} />}
        <TextInput
          label={words.email}
          name="username"
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => {
            setEmail(event.currentTarget.value);
            // Each account has its own count of attempts.
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
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button
          type="submit"
          size="md"
          fullWidth
          loading={signIn.isPending || signIn.isSuccess}
          disabled={isWaiting}
        >
          {isWaiting ? words.waitFor(sayDuration(waitMs)) : words.signIn}
        </Button>
      </Stack>
    </form>
  );
}
