import { Text, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '../../words/tables.ts';
import classes from './tables.module.css';

/**
 * A field of a row: its label where the rows are cards, what is wrong with it, and what it becomes.
 *
 * @param id of what describes the input
 */
export function RowField({
  id,
  label,
  error,
  hint,
  fullName,
  after,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly error: string | undefined;
  readonly hint?: string | undefined;
  readonly fullName?: string;
  readonly after?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes.field}>
      <span className={classes.fieldLabel} aria-hidden>
        {label}
      </span>
      {children}
      <div id={id} className={classes.below}>
        {error !== undefined && (
          <Text size="xs" c="var(--bad)">
            {error}
          </Text>
        )}
        {error === undefined && fullName !== undefined && (
          <Text size="xs" c="dimmed">
            <VisuallyHidden>{words.becomes}</VisuallyHidden>{' '}
            <span className={classes.code}>{fullName}</span>
          </Text>
        )}
        {hint !== undefined && (
          <Text size="xs" c="dimmed">
            {hint}
          </Text>
        )}
      </div>
      {after}
    </div>
  );
}
