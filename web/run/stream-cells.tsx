import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { TbAlertCircle, TbAlertTriangle } from 'react-icons/tb';
import { Hint } from '../parts/hint.tsx';
import { words } from '../words/run.ts';
import classes from './run.module.css';
import type { StreamResult } from './run-types.ts';
import { placeOf, type StreamRow } from './stream-rows.ts';

const whole = new Intl.NumberFormat();

/** A stream by its chart's title, over its own name; it leads to its table once there is one. */
export function StreamName({ row: { stream, title, state } }: { readonly row: StreamRow }) {
  const place = state.phase === 'ended' ? placeOf(state.result) : null;
  return (
    <div>
      <Text size="sm" fw={600}>
        {place === null ? (
          (title ?? stream)
        ) : (
          <Link to="/catalog/$layer/$name" params={place} className={classes.link}>
            {title ?? stream}
          </Link>
        )}
      </Text>
      {title !== null && (
        <Text size="xs" c="dimmed" ff="monospace">
          {stream}
        </Text>
      )}
    </div>
  );
}

/** Rows against the version before: added, removed, changed. */
export function ChangeOf({ change }: { readonly change: StreamResult['change'] }) {
  if (change === null) return <span className={classes.quiet}>{words.none}</span>;
  const { added, removed, changed } = change;
  if (added + removed + changed === 0) {
    return <span className={classes.quiet}>{words.unchanged}</span>;
  }
  const said = words.change(whole.format(added), whole.format(removed), whole.format(changed));
  return (
    <Hint label={said}>
      <span role="img" aria-label={said} className={classes.change}>
        {added > 0 && <span style={{ color: 'var(--good)' }}>+{whole.format(added)}</span>}
        {removed > 0 && <span style={{ color: 'var(--bad)' }}>−{whole.format(removed)}</span>}
        {changed > 0 && <span style={{ color: 'var(--warn)' }}>~{whole.format(changed)}</span>}
      </span>
    </Hint>
  );
}

/** The table of a stream, which leads to the catalog once there is one. */
export function TableLink({ result }: { readonly result: StreamResult }) {
  const place = placeOf(result);
  if (place === null) return <span className={classes.table}>{result.table}</span>;
  return (
    <Link to="/catalog/$layer/$name" params={place} className={`${classes.link} ${classes.table}`}>
      {result.table}
    </Link>
  );
}

/** Whether {@link StreamNotes} has anything to say. */
export function hasNotes({ state }: StreamRow): boolean {
  return (
    state.phase === 'ended' && (state.result.error !== null || state.result.warnings.length > 0)
  );
}

/** What a person should know about a result: the error with what to do about it, and warnings. */
export function StreamNotes({ result }: { readonly result: StreamResult }) {
  const { error, warnings } = result;
  return (
    <ul className={classes.notes}>
      {error !== null && (
        <li>
          <TbAlertCircle size={16} aria-hidden style={{ color: 'var(--bad)' }} />
          <div>
            <Text size="sm" fw={500} className={classes.message}>
              {error.message}
            </Text>
            <Text size="sm">{error.help}</Text>
            <Text size="sm" c="dimmed">
              {words.kept}
            </Text>
          </div>
        </li>
      )}
      {warnings.map(({ code, message }) => (
        <li key={`${code} ${message}`}>
          <TbAlertTriangle size={16} aria-hidden style={{ color: 'var(--warn)' }} />
          <Text size="sm" className={classes.message}>
            {message}
          </Text>
        </li>
      ))}
    </ul>
  );
}
