import { ActionIcon, Avatar, Badge, Group, Menu, Text } from '@mantine/core';
import { TbDots, TbKey, TbLink, TbShield, TbUserCheck, TbUserOff } from 'react-icons/tb';
import type { Role } from '../../src/state/actor.ts';
import { Ago, Moment } from '../parts/moment.tsx';
import { words } from '../words/settings.ts';
import { Cell, HeadCell, Row } from './records.tsx';

/** Somebody who may sign in, as the API has them. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly created_at: string;
  readonly disabled_at: string | null;
  readonly invited_until: string | null;
}

const STATE_COLORS = {
  active: 'teal',
  disabled: 'gray',
  invited: 'yellow',
  expired: 'red',
} as const satisfies Record<keyof typeof words.userStates, string>;

/** What can be done with a user. */
export interface UserActs {
  readonly onRole: (user: User) => void;
  readonly onInvite: (user: User) => void;
  readonly onPassword: (user: User) => void;
  readonly onDisable: (user: User) => void;
  readonly onEnable: (user: User) => void;
}

export function UserRow({
  user,
  isSelf,
  acts,
}: {
  readonly user: User;
  readonly isSelf: boolean;
  readonly acts: UserActs;
}) {
  const isDisabled = user.disabled_at !== null;
  return (
    <Row isFaded={isDisabled}>
      <HeadCell>
        <Group gap="sm" wrap="nowrap">
          <Avatar
            size={32}
            radius="xl"
            color={isDisabled ? 'gray' : 'iris'}
            name={user.name}
            aria-hidden
          />
          <span>
            <Text component="span" display="block" size="md" fw={550}>
              {user.name}
              {isSelf && (
                <Badge ml={8} size="sm" variant="default" tt="none" fw={500}>
                  {words.isYou}
                </Badge>
              )}
            </Text>
            <Text component="span" display="block" size="xs" c="dimmed">
              {user.email}
            </Text>
          </span>
        </Group>
      </HeadCell>
      <Cell label={words.role}>{words.roles[user.role]}</Cell>
      <Cell label={words.state}>
        <UserState user={user} />
      </Cell>
      <Cell label={words.added}>
        <Ago at={user.created_at} />
      </Cell>
      <Cell label="" align="end">
        <UserMenu user={user} isSelf={isSelf} acts={acts} />
      </Cell>
    </Row>
  );
}

/** Whether somebody may sign in, or has yet to set a password, and how long the invitation lets them. */
function UserState({ user }: { readonly user: User }) {
  const { disabled_at: disabledAt, invited_until: until } = user;
  const isOpen = until !== null && Date.parse(until) > Date.now();
  const state =
    disabledAt !== null ? 'disabled' : until === null ? 'active' : isOpen ? 'invited' : 'expired';
  return (
    <>
      <Badge variant="dot" color={STATE_COLORS[state]} tt="none" fw={500}>
        {words.userStates[state]}
      </Badge>
      {state === 'invited' && until !== null && (
        <Text size="xs" c="dimmed" mt={2}>
          {words.invitedUntil} <Moment at={until} />
        </Text>
      )}
    </>
  );
}

function UserMenu({
  user,
  isSelf,
  acts,
}: {
  readonly user: User;
  readonly isSelf: boolean;
  readonly acts: UserActs;
}) {
  const isDisabled = user.disabled_at !== null;
  return (
    <Menu
      position="bottom-end"
      width={230}
      shadow="md"
      withinPortal
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={words.actionsOf(user.name)}>
          <TbDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isSelf && <Menu.Label>{words.notYourself}</Menu.Label>}
        <Menu.Item
          leftSection={<TbShield size={16} strokeWidth={1.7} aria-hidden />}
          disabled={isSelf}
          onClick={() => acts.onRole(user)}
        >
          {words.changeRole}
        </Menu.Item>
        <Menu.Item
          leftSection={<TbLink size={16} strokeWidth={1.7} aria-hidden />}
          disabled={isSelf || isDisabled}
          onClick={() => acts.onInvite(user)}
        >
          {words.newInvitation}
        </Menu.Item>
        <Menu.Item
          leftSection={<TbKey size={16} strokeWidth={1.7} aria-hidden />}
          disabled={isSelf || isDisabled}
          onClick={() => acts.onPassword(user)}
        >
          {words.newPassword}
        </Menu.Item>
        <Menu.Divider />
        {isDisabled ? (
          <Menu.Item
            leftSection={<TbUserCheck size={16} strokeWidth={1.7} aria-hidden />}
            onClick={() => acts.onEnable(user)}
          >
            {words.enable}
          </Menu.Item>
        ) : (
          <Menu.Item
            color="red"
            leftSection={<TbUserOff size={16} strokeWidth={1.7} aria-hidden />}
            disabled={isSelf}
            onClick={() => acts.onDisable(user)}
          >
            {words.disable}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
