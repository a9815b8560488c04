import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, read } from '../api/client.ts';
import { words } from '../words/settings.ts';
import { Dialog } from './dialog.tsx';
import { DialogForm } from './dialog-form.tsx';
import { RoleField } from './role-field.tsx';
import { sayDone } from './say-done.ts';
import type { DialogState } from './use-dialog.ts';
import type { User } from './user-row.tsx';

/** Gives a user another role. */
export function RoleDialog({
  dialog: { opened, subject, close },
}: {
  readonly dialog: DialogState<User>;
}) {
  return (
    <Dialog opened={opened} title={words.roleOf(subject?.name ?? '')} onClose={close}>
      {subject && <RoleForm user={subject} onClose={close} />}
    </Dialog>
  );
}

function RoleForm({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const client = useQueryClient();
  const [role, setRole] = useState(user.role);
  const change = useMutation({
    mutationFn: () => read(api.users[':id'].$patch({ param: { id: user.id }, json: { role } })),
    onSuccess: async () => {
      sayDone(words.roleChanged(user.name, words.roles[role]));
      onClose();
      await client.invalidateQueries({ queryKey: ['users'] });
    },
  });
  return (
    <DialogForm
      action={words.changeRole}
      isBusy={change.isPending}
      isDisabled={role === user.role}
      error={change.error}
      onSubmit={change.mutate}
      onCancel={onClose}
    >
      <RoleField label={words.role} value={role} onChange={setRole} />
      <Text size="sm" c="dimmed">
        {words.roleTokens}
      </Text>
    </DialogForm>
  );
}
