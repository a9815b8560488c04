import { Button, Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { setupQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/entry.ts';
import { EntryFrame } from './entry-frame.tsx';
import { tokenOfHash } from './link-token.ts';
import { SetupForm } from './setup-form.tsx';
import { SetupNeeded } from './setup-needed.tsx';

/** Where the link leads that the service prints until it has an administrator. */
export function SetupScreen() {
  const token = useRouterState({ select: (state) => tokenOfHash(state.location.hash) });
  const setup = useQuery(setupQuery);

  // Which of the pages it is, is not known yet.
  if (setup.isPending) {
    return (
      <Center mih="100dvh">
        <Loader type="dots" role="status" aria-label={words.checkingSetup} />
      </Center>
    );
  }
  if (setup.data && !setup.data.needed) {
    return (
      <EntryFrame title={words.setupDone} lead={words.setupDoneHelp}>
        <Button
          fullWidth
          size="md"
          renderRoot={(props) => <Link to="/sign-in" search={{}} replace {...props} />}
        >
          {words.toSignIn}
        </Button>
      </EntryFrame>
    );
  }
  if (setup.data && token === null) return <SetupNeeded />;
  return (
    <EntryFrame title={words.setup} lead={words.setupLead}>
      {setup.error ? (
        <ProblemAlert error={setup.error} onRetry={() => setup.refetch()} />
      ) : (
        token !== null && <SetupForm token={token} />
      )}
    </EntryFrame>
  );
}
