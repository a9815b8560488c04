import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api, read } from '../api/client.ts';
import { words } from '../words/settings.ts';
import { Dialog } from './dialog.tsx';
import { DialogForm } from './dialog-form.tsx';
import { InvitationShown } from './invitation-shown.tsx';
import type { DialogState } from './use-dialog.ts';
import type { User } from './user-row.tsx';

/** Makes a new link with which a user sets their password, and shows it once. */
export function InviteDialog({
  dialog: { opened, subject, close },
}: {
  readonly dialog: DialogState<User>;
}) {
  const invite = useMutation({
    mutationFn: (id: string) => read(api.users[':id'].invitation.$post({ param: { id } })),
  });
  const name = subject?.name ?? '';
  const invitation = invite.data;
  function finish() {
    close();
    invite.reset();
  }
  return (
    <Dialog
      opened={opened}
      title={invitation ? words.invitationFor(name) : words.inviteAgain(name)}
      size="lg"
      isSticky={invitation !== undefined}
      onClose={finish}
    >
      {invitation ? (
        <InvitationShown invitation={invitation} onDone={finish} />
      ) : (
        <DialogForm
          action={words.makeLink}
          isBusy={invite.isPending}
          error={invite.error}
          onSubmit={() => subject && invite.mutate(subject.id)}
          onCancel={finish}
        >
          <Text size="md">{words.inviteAgainHelp}</Text>
        </DialogForm>
      )}
    </Dialog>
  );
}
