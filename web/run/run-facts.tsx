import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Moment } from '../parts/moment.tsx';
import { sayDuration } from '../parts/quantities.tsx';
import { RunStatus } from '../parts/status.tsx';
import { words } from '../words/run.ts';
import classes from './run.module.css';
import { RunCause } from './run-cause.tsx';
import { isActive, type Run, type RunStatus as Status } from './run-types.ts';
import { useNow } from './use-now.ts';

/** Status, cause, start and duration of a run (it goes on while the run does), and when the next one is. */
export function RunFacts({
  run,
  status,
  nextRunAt,
}: {
  readonly run: Run;
  readonly status: Status;
  /** Of its source; null: none is planned. */
  readonly nextRunAt: string | null;
}) {
  const { started_at, ended_at, queued_at } = run;
  const now = useNow(isActive(status) && started_at !== null);
  const end = ended_at === null ? now : Date.parse(ended_at);
  const took = started_at === null ? null : Math.max(0, end - Date.parse(started_at));
  return (
    <dl className={classes.facts}>
      <Fact label={words.status}>
        <RunStatus status={status} />
      </Fact>
      <Fact label={words.cause}>
        <RunCause run={run} />
      </Fact>
      <Fact label={started_at === null ? words.queued : words.started}>
        <Moment at={started_at ?? queued_at} />
      </Fact>
      <Fact label={words.duration}>
        <span className="figures">
          {took === null
            ? words.none
            : sayDuration(ended_at === null ? Math.floor(took / 1_000) * 1_000 : took)}
        </span>
      </Fact>
      {nextRunAt !== null && (
        <Fact label={words.nextRun}>
          <Moment at={nextRunAt} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {label}
      </Text>
      <Text component="dd" size="sm" m={0} fw={500}>
        {children}
      </Text>
    </div>
  );
}
