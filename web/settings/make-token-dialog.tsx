import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Role } from '../../src/state/actor.ts';
import { api, read } from '../api/client.ts';
import { fieldMessage } from '../api/problem-error.ts';
import { sessionQuery } from '../api/queries.ts';
import { words } from '../words/settings.ts';
import { Dialog } from './dialog.tsx';
import { DialogForm } from './dialog-form.tsx';
import { ExampleLine } from './example-line.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { RoleField } from './role-field.tsx';
import { ShownOnce } from './shown-once.tsx';
import type { Token } from './token-row.tsx';
import { daysOf, type Expiry } from './token-state.ts';

/** Asks what a token is for, makes it, and shows it once. */
export function MakeTokenDialog({
  opened,
  onMade,
  onClose,
}: {
  readonly opened: boolean;
  readonly onMade: (token: Token) => void;
  readonly onClose: () => void;
}) {
  const [secret, setSecret] = useState<string | null>(null);
  function close() {
    onClose();
    setSecret(null);
  }
  return (
    <Dialog
      opened={opened}
      title={secret === null ? words.makeToken : words.tokenMade}
      size="lg"
      isSticky={secret !== null}
      onClose={close}
    >
      {secret === null ? (
        <MakeTokenForm
          onMade={(token, made) => {
            setSecret(made);
            onMade(token);
          }}
          onCancel={close}
        />
      ) : (
        <ShownOnce
          secret={secret}
          warning={words.tokenMadeHelp}
          copy={words.copyToken}
          onDone={close}
        >
          <ExampleLine title={words.tokenTry} text={curlLine(window.location.origin, secret)} />
        </ShownOnce>
      )}
    </Dialog>
  );
}

function MakeTokenForm({
  onMade,
  onCancel,
}: {
  readonly onMade: (token: Token, secret: string) => void;
  readonly onCancel: () => void;
}) {
  const client = useQueryClient();
  const { role: own } = useSuspenseQuery(sessionQuery).data;
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [expiry, setExpiry] = useState<Expiry>('90');
  const [custom, setCustom] = useState<string | number>(14);
  // The same for each try of one intent: what was made though its answer was lost is not made twice.
  const key = useRef(crypto.randomUUID());
  const days = daysOf(expiry, custom);
  const make = useMutation({
    mutationFn: () =>
      read(
        api.tokens.$post(
          { json: { name: name.trim(), role, expires_in_days: days ?? null } },
          { headers: { 'Idempotency-Key': key.current } },
        ),
      ),
    onSuccess: async ({ token: secret, ...token }) => {
      onMade(token, secret);
      await client.invalidateQueries({ queryKey: ['tokens'] });
    },
    onError: () => {
      key.current = crypto.randomUUID();
    },
  });
  const refused = fieldMessage(make.error, 'name');
  return (
    <DialogForm
      action={words.makeToken}
      isBusy={make.isPending}
      isDisabled={name.trim() === '' || days === undefined}
      error={make.error}
      onSubmit={make.mutate}
      onCancel={onCancel}
    >
      <TextInput
        label={words.tokenName}
        placeholder={words.tokenNamePlaceholder}
        maxLength={100}
        autoComplete="off"
        data-autofocus
        value={name}
        error={refused && words.fieldProblem(words.name, refused)}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <RoleField
        label={words.tokenRole}
        value={role}
        most={own}
        error={fieldMessage(make.error, 'role')}
        onChange={setRole}
      />
      <ExpiryField expiry={expiry} custom={custom} onExpiry={setExpiry} onCustom={setCustom} />
    </DialogForm>
  );
}

/** Asks the service who the token is, which any role may. */
function curlLine(origin: string, token: string): string {
  return `curl -H 'Authorization: Bearer ${token}' \\\n  ${origin}/api/v1/session`;
}
