import { Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Role } from '../../src/state/actor.ts';
import { api, read } from '../api/client.ts';
import { fieldMessage } from '../api/problem-error.ts';
import { NewPasswordField } from '../entry/new-password-field.tsx';
import { judgePassword } from '../entry/password-strength.ts';
import { words } from '../words/settings.ts';
import { DialogForm } from './dialog-form.tsx';
import type { Invitation } from './invitation-shown.tsx';
import { RoleField } from './role-field.tsx';
import { sayDone } from './say-done.ts';

const WAYS = ['link', 'password'] as const;
type Way = (typeof WAYS)[number];

export function AddUserForm({
  onAdded,
  onCancel,
}: {
  readonly onAdded: (user: {
    readonly name: string;
    readonly invitation: Invitation | null;
  }) => void;
  readonly onCancel: () => void;
}) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [way, setWay] = useState<Way>('link');
  const [password, setPassword] = useState('');
  const add = useMutation({
    mutationFn: () =>
      read(
        api.users.$post({
          json: {
            name: name.trim(),
            email: email.trim(),
            role,
            ...(way === 'password' ? { password } : {}),
          },
        }),
      ),
    onSuccess: async (user) => {
      sayDone(words.userAdded(user.name));
      onAdded(user);
      await client.invalidateQueries({ queryKey: ['users'] });
    },
  });
  function problemOf(field: string, label: string) {
    const message = fieldMessage(add.error, field);
    return message === undefined ? undefined : words.fieldProblem(label, message);
  }
  const isPasswordBad =
    way === 'password' && ['short', 'long'].includes(judgePassword(password).kind);
  return (
    <DialogForm
      action={way === 'link' ? words.addAndInvite : words.addUser}
      isBusy={add.isPending}
      isDisabled={name.trim() === '' || email.trim() === '' || isPasswordBad}
      error={add.error}
      onSubmit={add.mutate}
      onCancel={onCancel}
    >
      <TextInput
        label={words.name}
        maxLength={100}
        autoComplete="off"
        data-autofocus
        value={name}
        error={problemOf('name', words.name)}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={words.email}
        type="email"
        maxLength={254}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={email}
        error={problemOf('email', words.email)}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <RoleField label={words.role} value={role} onChange={setRole} />
      <Radio.Group
        label={words.howToSignIn}
        value={way}
        onChange={(chosen) => setWay(WAYS.find((known) => known === chosen) ?? 'link')}
      >
        <Stack gap="xs" mt={6}>
          <Radio value="link" label={words.byInvitation} size="sm" />
          <Radio value="password" label={words.byPassword} size="sm" />
        </Stack>
      </Radio.Group>
      {way === 'password' && (
        <NewPasswordField
          value={password}
          onChange={setPassword}
          error={problemOf('password', words.newPassword)}
        />
      )}
    </DialogForm>
  );
}
