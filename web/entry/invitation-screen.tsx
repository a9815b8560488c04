import { Anchor, Box, Text } from '@mantine/core';
import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { TbCircleCheck } from 'react-icons/tb';
import { Notice } from '../parts/notice.tsx';
import { words } from '../words/entry.ts';
import { EntryFrame } from './entry-frame.tsx';
import { InvitationForm } from './invitation-form.tsx';
import { tokenOfHash } from './link-token.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Where the link of an invitation leads: a password is set, then they sign in with it. */
export function InvitationScreen() {
  const token = useRouterState({ select: (state) => tokenOfHash(state.location.hash) });
  const navigate = useNavigate();
  const [password, setPassword] = useState<string | null>(null);

  async function finish(chosen: string) {
    setPassword(chosen);
    // Replaces the address that holds the token, which has been used.
    await navigate({ to: '/invitation', hash: '', replace: true });
  }

  if (password !== null) {
    return (
      <EntryFrame title={words.invitationSet}>
        <Box mb="lg">
          <Notice tone="good" role="status" icon={TbCircleCheck}>
            <Text size="sm">{words.invitationSetLead}</Text>
          </Notice>
        </Box>
        <SignInForm password={password} />
      </EntryFrame>
    );
  }
  if (token === null) {
    return (
      <EntryFrame title={words.invitationMissing}>
        <Text size="md">{words.invitationMissingHelp}</Text>
        <AlreadySet />
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={words.invitation} lead={words.invitationLead}>
      <InvitationForm token={token} onDone={finish} />
      <AlreadySet />
    </EntryFrame>
  );
}

function AlreadySet() {
  return (
    <Text size="sm" c="dimmed" mt="md">
      {words.invitationUsed}{' '}
      <Anchor
        size="sm"
        underline="always"
        renderRoot={(props) => <Link to="/sign-in" search={{}} {...props} />}
      >
        {words.signIn}
      </Anchor>
    </Text>
  );
}
