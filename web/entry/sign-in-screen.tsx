import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ProblemError } from '../api/problem-error.ts';
import { sessionQuery, setupQuery } from '../api/queries.ts';
import { sessionEnded } from '../api/session-end.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/entry.ts';
import { EntryFrame } from './entry-frame.tsx';
import { safeNext } from './safe-next.ts';
import { SetupNeeded } from './setup-needed.tsx';
import { SignInForm } from './sign-in-form.tsx';

const route = getRouteApi('/sign-in');

/** Where everybody begins who is not signed in. */
export function SignInScreen() {
  const { next } = route.useSearch();
  const router = useRouter();
  // Whoever was sent here has just been told that nobody is signed in: no need to ask again.
  const session = useQuery({ ...sessionQuery, retryOnMount: false });
  const setup = useQuery(setupQuery);
  const isSignedIn = session.data !== undefined && !session.isError;

  useEffect(() => {
    if (isSignedIn) router.history.replace(safeNext(next, window.location.origin));
    else sessionEnded.leave();
  }, [isSignedIn, next, router]);

  if (setup.data?.needed) return <SetupNeeded />;
  const isSignedOut = session.error instanceof ProblemError && session.error.isSignedOut;
  const failure = setup.error ?? (isSignedOut ? null : session.error);
  return (
    <EntryFrame title={words.signIn}>
      {failure ? (
        <ProblemAlert
          error={failure}
          onRetry={() => Promise.all([session.refetch(), setup.refetch()])}
        />
      ) : isSignedOut && setup.data ? (
        <>
          <SignInForm next={next} />
          <Text size="sm" c="dimmed" mt="md">
            {words.forgotten}
          </Text>
        </>
      ) : (
        <FormSkeleton />
      )}
    </EntryFrame>
  );
}

function FormSkeleton() {
  return (
    <Stack role="status" aria-label={words.checking}>
      <Skeleton height={58} />
      <Skeleton height={58} />
      <Skeleton height={42} />
      <Skeleton height={38} />
    </Stack>
  );
}
