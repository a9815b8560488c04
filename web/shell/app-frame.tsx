import { AppShell, Burger, Group, NavLink, ScrollArea } from '@mantine/core';
import { useDisclosure, useFocusReturn, useFocusTrap, useHotkeys } from '@mantine/hooks';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';
import { TbCode, TbDatabase, TbPlugConnected, TbSettings } from 'react-icons/tb';
import { sessionEnded } from '../api/session-end.ts';
import { words } from '../words/shell.ts';
import { AccountMenu } from './account-menu.tsx';
import classes from './app-frame.module.css';
import { ConnectionBar } from './connection-bar.tsx';
import { Mark } from './mark.tsx';
import { ScreenPending } from './screen-pending.tsx';
import { useMenuFocus } from './use-menu-focus.ts';

const PLACES = [
  { to: '/sources', label: words.sources, icon: TbPlugConnected, also: '/runs' },
  { to: '/catalog', label: words.catalog, icon: TbDatabase, also: null },
  { to: '/explorer', label: words.explorer, icon: TbCode, also: null },
  { to: '/settings', label: words.settings, icon: TbSettings, also: null },
] as const;

/** What stands around every screen of somebody signed in. */
export function AppFrame() {
  const [opened, { toggle, close }] = useDisclosure(false);
  const isInside = useSyncExternalStore(sessionEnded.subscribe, sessionEnded.hasBegun);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the navigation closes whenever the page changes
  useEffect(close, [path]);
  // In a narrow window the navigation lies over the screen, as a dialog does.
  const trap = useFocusTrap(opened);
  useFocusReturn({ opened });
  useHotkeys([['Escape', close]], []);
  useMenuFocus();
  // Whoever signs out sees nothing more of the app, which asks for nothing more either.
  if (!isInside) return <ScreenPending />;
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
      <AppShell.Navbar
        ref={trap}
        className={classes.navbar}
        data-opened={opened || undefined}
        aria-label={words.navigation}
      >
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
                leftSection={<Icon size={18} strokeWidth={1.7} aria-hidden />}
              />
            );
          })}
        </AppShell.Section>
        <AppShell.Section p="xs" className={classes.foot}>
          <AccountMenu />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <ConnectionBar />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
