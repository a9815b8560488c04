import { Text } from '@mantine/core';
import { Moment } from '../parts/moment.tsx';
import { words } from '../words/settings.ts';
import { ShownOnce } from './shown-once.tsx';

/** A link with which somebody sets their password, as the API gives it. */
export interface Invitation {
  readonly link: string;
  readonly expires_at: string;
}

export function InvitationShown({
  invitation,
  onDone,
}: {
  readonly invitation: Invitation;
  readonly onDone: () => void;
}) {
  return (
    <ShownOnce
      secret={invitation.link}
      warning={words.invitationHelp}
      copy={words.copyLink}
      onDone={onDone}
    >
      <Text size="sm" c="dimmed">
        {words.invitationUntil} <Moment at={invitation.expires_at} />
      </Text>
    </ShownOnce>
  );
}
