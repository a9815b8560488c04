import { Button, Text } from '@mantine/core';
import {
  useInfiniteQuery,
  useMutation,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query';
import { TbPlus } from 'react-icons/tb';
import { api, read } from '../api/client.ts';
import { sessionQuery } from '../api/queries.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Page } from '../parts/page.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/settings.ts';
import { AddUserDialog } from './add-user-dialog.tsx';
import { AdminsOnly } from './admins-only.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { PendingRows, Records } from './records.tsx';
import { RoleDialog } from './role-dialog.tsx';
import { sayDone } from './say-done.ts';
import { usersQuery } from './settings-queries.ts';
import { ShowMore } from './show-more.tsx';
import { useDialog } from './use-dialog.ts';
import { type User, UserRow } from './user-row.tsx';

const COLUMNS = [words.user, words.role, words.state, words.added, words.actions];

/** Who may sign in. */
export function UsersPanel() {
  const { role } = useSuspenseQuery(sessionQuery).data;
  return role === 'admin' ? <AllUsers /> : <AdminsOnly title={words.users} />;
}

function AllUsers() {
  const { user: self } = useSuspenseQuery(sessionQuery).data;
  const client = useQueryClient();
  const users = useInfiniteQuery(usersQuery);
  const adding = useDialog<true>();
  const changing = useDialog<User>();
  const inviting = useDialog<User>();
  const settingPassword = useDialog<User>();
  const disabling = useDialog<User>();

  async function setDisabled({ id, name }: User, disabled: boolean) {
    await read(api.users[':id'].$patch({ param: { id }, json: { disabled } }));
    sayDone(disabled ? words.disabledUser(name) : words.enabledUser(name));
    await client.invalidateQueries({ queryKey: ['users'] });
  }
  const enable = useMutation({ mutationFn: (user: User) => setDisabled(user, false) });
  const acts = {
    onRole: changing.open,
    onInvite: inviting.open,
    onPassword: settingPassword.open,
    onDisable: disabling.open,
    onEnable: enable.mutate,
  };

  return (
    <Page
      title={words.users}
      lead={words.usersLead}
      actions={
        <Button leftSection={<TbPlus size={16} aria-hidden />} onClick={() => adding.open(true)}>
          {words.addUser}
        </Button>
      }
    >
      {enable.error && <ProblemAlert error={enable.error} />}
      {users.error ? (
        <ProblemAlert error={users.error} onRetry={() => users.refetch()} />
      ) : (
        <Panel flush>
          <Records label={words.users} columns={COLUMNS}>
            {users.data ? (
              users.data.pages
                .flatMap(({ items }) => items)
                .map((user) => (
                  <UserRow key={user.id} user={user} isSelf={user.id === self?.id} acts={acts} />
                ))
            ) : (
              <PendingRows columns={COLUMNS.length} />
            )}
          </Records>
        </Panel>
      )}
      <ShowMore query={users} />
      <AddUserDialog opened={adding.opened} onClose={adding.close} />
      <RoleDialog dialog={changing} />
      <InviteDialog dialog={inviting} />
      <PasswordDialog dialog={settingPassword} />
      <Confirm
        opened={disabling.opened}
        title={words.disableUser(disabling.subject?.name ?? '')}
        action={words.disable}
        onConfirm={async () => disabling.subject && setDisabled(disabling.subject, true)}
        onClose={disabling.close}
      >
        <Text size="md">{words.disableUserHelp(disabling.subject?.email ?? '')}</Text>
      </Confirm>
    </Page>
  );
}
