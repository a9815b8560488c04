import { Avatar, Group, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { TbBook2, TbCheck, TbDeviceDesktop, TbLogout, TbMoon, TbSun, TbUser } from 'react-icons/tb';
import { api, read } from '../api/client.ts';
import { sessionQuery } from '../api/queries.ts';
import { sessionEnded } from '../api/session-end.ts';
import { words } from '../words/shell.ts';
import classes from './account-menu.module.css';

const SCHEMES = [
  { scheme: 'light', icon: TbSun },
  { scheme: 'dark', icon: TbMoon },
  { scheme: 'auto', icon: TbDeviceDesktop },
] as const;

export function AccountMenu() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const client = useQueryClient();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => read(api.session.$delete()),
    onSuccess: async () => {
      sessionEnded.leave();
      client.clear();
      // What was begun here, such as a source with its keys, is not for whoever signs in next.
      sessionStorage.clear();
      await navigate({ to: '/sign-in' });
    },
  });
  const name = session.user?.name ?? session.actor.name;
  return (
    <Menu position="top-start" width={224} shadow="md" withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.button}>
          <Group gap="xs" wrap="nowrap">
            <Avatar size={30} radius="xl" color="iris" name={name} aria-hidden />
            <span className={classes.who}>
              <Text size="sm" fw={550} truncate>
                {name}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {words.role[session.role]}
              </Text>
            </span>
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<TbUser size={16} aria-hidden />}
          renderRoot={(props) => <Link to="/settings/account" {...props} />}
        >
          {words.account}
        </Menu.Item>
        <Menu.Item
          leftSection={<TbBook2 size={16} aria-hidden />}
          component="a"
          href="/api/docs"
          target="_blank"
        >
          {words.reference}
        </Menu.Item>
        <Menu.Label>{words.scheme}</Menu.Label>
        {SCHEMES.map(({ scheme, icon: Icon }) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={colorScheme === scheme ? <TbCheck size={14} aria-hidden /> : null}
            onClick={() => setColorScheme(scheme)}
          >
            {words.schemes[scheme]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<TbLogout size={16} aria-hidden />}
          onClick={() => signOut.mutate()}
        >
          {words.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
