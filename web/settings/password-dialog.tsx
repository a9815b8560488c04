import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, read } from '../api/client.ts';
import { fieldMessage } from '../api/problem-error.ts';
import { NewPasswordField } from '../entry/new-password-field.tsx';
import { judgePassword } from '../entry/password-strength.ts';
import { words } from '../words/settings.ts';
import { Dialog } from './dialog.tsx';
import { DialogForm } from './dialog-form.tsx';
import { sayDone } from './say-done.ts';
import type { DialogState } from './use-dialog.ts';
import type { User } from './user-row.tsx';

/** Gives somebody else a new password. */
export function PasswordDialog({
  dialog: { opened, subject, close },
}: {
  readonly dialog: DialogState<User>;
}) {
  return (
    <Dialog opened={opened} title={words.passwordOf(subject?.name ?? '')} onClose={close}>
      {subject && <PasswordForm user={subject} onClose={close} />}
    </Dialog>
  );
}

function PasswordForm({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const [password, setPassword] = useState('');
  const set = useMutation({
    mutationFn: () =>
      read(api.users[':id'].password.$put({ param: { id: user.id }, json: { password } })),
    onSuccess: () => {
      sayDone(words.passwordSet(user.name));
      onClose();
    },
  });
  const refused = fieldMessage(set.error, 'password');
  return (
    <DialogForm
      action={words.setPassword}
      isBusy={set.isPending}
      isDisabled={['short', 'long'].includes(judgePassword(password).kind)}
      error={set.error}
      onSubmit={set.mutate}
      onCancel={onClose}
    >
      <Text size="md">{words.passwordOfHelp}</Text>
      <NewPasswordField
        value={password}
        onChange={setPassword}
        autoFocus
        error={refused && words.fieldProblem(words.newPassword, refused)}
      />
    </DialogForm>
  );
}
