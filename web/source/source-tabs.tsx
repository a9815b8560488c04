import { Link, useMatchRoute } from '@tanstack/react-router';
import { words } from '../words/source.ts';
import classes from './source.module.css';

const TABS = [
  { to: '/sources/$id', label: words.overview },
  { to: '/sources/$id/streams', label: words.streams },
  { to: '/sources/$id/runs', label: words.runs },
  { to: '/sources/$id/settings', label: words.settings },
] as const;

/** The pages of a source; each has an address of its own. */
export function SourceTabs({ id }: { readonly id: string }) {
  return (
    <nav aria-label={words.tabs} className={classes.tabs}>
      {TABS.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          params={{ id }}
          className={classes.tab}
          activeOptions={{ exact: true }}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

/** The name of the page that is open; none for the first, which is the source itself. */
export function useSourceTab(): string | undefined {
  const matches = useMatchRoute();
  return TABS.slice(1).find(({ to }) => matches({ to }) !== false)?.label;
}
