import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { TbHistory, TbInfoCircle, TbKey, TbStack2, TbUserCircle, TbUsers } from 'react-icons/tb';
import { sessionQuery } from '../api/queries.ts';
import { words } from '../words/settings.ts';
import classes from './settings-screen.module.css';

const SECTIONS = [
  { to: '/settings/layers', label: words.layers, icon: TbStack2, isAdmins: false },
  { to: '/settings/tokens', label: words.tokens, icon: TbKey, isAdmins: false },
  { to: '/settings/users', label: words.users, icon: TbUsers, isAdmins: true },
  { to: '/settings/audit', label: words.audit, icon: TbHistory, isAdmins: true },
  { to: '/settings/account', label: words.account, icon: TbUserCircle, isAdmins: false },
  { to: '/settings/about', label: words.about, icon: TbInfoCircle, isAdmins: false },
] as const;

/** What stands beside every section of the settings. */
export function SettingsScreen() {
  const { role } = useSuspenseQuery(sessionQuery).data;
  const nav = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: on narrow screens the list scrolls to where one is
  useEffect(() => {
    const current = nav.current?.querySelector('[aria-current]');
    current?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [path]);
  return (
    <div className={classes.screen}>
      <nav ref={nav} className={classes.nav} aria-label={words.sections}>
        <ul className={classes.list}>
          {SECTIONS.filter(({ isAdmins }) => !isAdmins || role === 'admin').map(
            ({ to, label, icon: Icon }) => (
              <li key={to}>
                <Link to={to} className={classes.link} activeProps={{ 'aria-current': 'page' }}>
                  <Icon size={17} strokeWidth={1.7} aria-hidden />
                  {label}
                </Link>
              </li>
            ),
          )}
        </ul>
      </nav>
      <div className={classes.section}>
        <Outlet />
      </div>
    </div>
  );
}
