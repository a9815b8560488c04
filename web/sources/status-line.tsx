import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { RunStatus } from '../parts/status.tsx';
import type { RunStatus as Status } from '../run/run-types.ts';
import classes from './sources.module.css';

/** The status of a run, which leads to the run, and what stands beside it. */
export function StatusLine({
  id,
  status,
  children,
}: {
  readonly id: string;
  readonly status: Status;
  readonly children?: ReactNode;
}) {
  return (
    <div className={classes.statusLine}>
      <Link to="/runs/$id" params={{ id }} className={classes.status}>
        <RunStatus status={status} />
      </Link>
      {children}
    </div>
  );
}
