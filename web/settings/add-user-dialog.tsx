import { useState } from 'react';
import { words } from '../words/settings.ts';
import { AddUserForm } from './add-user-form.tsx';
import { Dialog } from './dialog.tsx';
import { type Invitation, InvitationShown } from './invitation-shown.tsx';

/** Adds somebody, and shows the link for them if they choose their own password. */
export function AddUserDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const [invited, setInvited] = useState<{ name: string; invitation: Invitation } | null>(null);
  function close() {
    onClose();
    setInvited(null);
  }
  return (
    <Dialog
      opened={opened}
      title={invited === null ? words.addUser : words.invitationFor(invited.name)}
      size="lg"
      isSticky={invited !== null}
      onClose={close}
    >
      {invited === null ? (
        <AddUserForm
          onAdded={({ name, invitation }) =>
            invitation === null ? close() : setInvited({ name, invitation })
          }
          onCancel={close}
        />
      ) : (
        <InvitationShown invitation={invited.invitation} onDone={close} />
      )}
    </Dialog>
  );
}
