import { AppShell, Burger, Group, NavLink, ScrollArea, Text } from '@mantine/core';
import { useDisclosure, useNetwork } from '@mantine/hooks';
import {
  IconCode,
  IconDatabase,
  IconPlugConnected,
  IconSettings,
  IconWifiOff,
} from '@tabler/icons-react';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Notice } from '../parts/notice.tsx';
import { words } from '../words/shell.ts';
import { AccountMenu } from './account-menu.tsx';
import classes from './app-frame.module.css';
import { Mark } from './mark.tsx';

const PLACES = [
  { to: '/sources', label: words.sources, icon: IconPlugConnected, also: '/runs' },
  { to: '/catalog', label: words.catalog, icon: IconDatabase, also: null },
  { to: '/explorer', label: words.explorer, icon: IconCode, also: null },
  { to: '/settings', label: words.settings, icon: IconSettings, also: null },
] as const;

/** What stands around every screen of somebody signed in. */
export function AppFrame() {
  const [opened, { toggle, close }] = useDisclosure(false);
  const { online } = useNetwork();
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the navigation closes whenever the page changes
  useEffect(close, [path]);
  return (
    <AppShell
      layout="alt"
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={0}
    >
      <a className={classes.skip} href="#content">
        {words.skip}
      </a>
      <AppShell.Header hiddenFrom="sm" className={classes.header}>
        <Group h="100%" px="md" justify="space-between">
          <Mark />
          <Burger
            opened={opened}
            onClick={toggle}
            size="sm"
            aria-label={opened ? words.closeNavigation : words.openNavigation}
          />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label={words.navigation}>
        <AppShell.Section px="md" py="md">
          <Group justify="space-between">
            <Mark />
            <Burger
              hiddenFrom="sm"
              opened={opened}
              onClick={toggle}
              size="sm"
              aria-label={words.closeNavigation}
            />
          </Group>
        </AppShell.Section>
        <AppShell.Section grow component={ScrollArea} px="xs">
          {PLACES.map(({ to, label, icon: Icon, also }) => {
            const active = path.startsWith(to) || (also !== null && path.startsWith(also));
            return (
              <NavLink
                key={to}
                className={classes.link}
                renderRoot={(props) => <Link to={to} {...props} />}
                active={active}
                aria-current={active ? 'page' : undefined}
                label={label}
                leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
              />
            );
          })}
        </AppShell.Section>
        <AppShell.Section p="xs" className={classes.foot}>
          <AccountMenu />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        {!online && (
          <div className={classes.offline}>
            <Notice tone="warn" icon={IconWifiOff} role="status">
              <Text size="sm">{words.offline}</Text>
            </Notice>
          </div>
        )}
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
