import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { api, read } from '../api/client.ts';
import { Confirm } from '../parts/confirm.tsx';
import { words } from '../words/settings.ts';
import { sayDone } from './say-done.ts';
import type { Token } from './token-row.tsx';
import type { DialogState } from './use-dialog.ts';

export function RevokeTokenDialog({
  dialog: { opened, subject, close },
  onRevoked,
}: {
  readonly dialog: DialogState<Token>;
  readonly onRevoked: (id: string) => void;
}) {
  const client = useQueryClient();
  const { id = '', name = '', hint = '' } = subject ?? {};
  async function revoke() {
    await read(api.tokens[':id'].$delete({ param: { id } }));
    sayDone(words.tokenRevoked(name));
    onRevoked(id);
    await client.invalidateQueries({ queryKey: ['tokens'] });
  }
  return (
    <Confirm
      opened={opened}
      title={words.revokeToken(name)}
      action={words.revoke}
      onConfirm={revoke}
      onClose={close}
    >
      <Text size="md">{words.revokeTokenHelp(hint)}</Text>
    </Confirm>
  );
}
