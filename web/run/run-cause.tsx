import { Link } from '@tanstack/react-router';
import { words } from '../words/run.ts';
import classes from './run.module.css';
import type { Run } from './run-types.ts';

/** Who or what brought a run about. */
export function RunCause({ run }: { readonly run: Run }) {
  const { cause, started_by, retry_of } = run;
  if (cause === 'schedule') return words.causes.schedule;
  if (cause === 'after') return words.causes.after(started_by.name);
  if (cause === 'manual' || retry_of === null) return started_by.name;
  return (
    <>
      {started_by.name}, {words.causes.retry}{' '}
      <Link to="/runs/$id" params={{ id: retry_of }} className={classes.link}>
        {words.causes.earlier}
      </Link>
    </>
  );
}
