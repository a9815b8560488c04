import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Moment } from '../parts/moment.tsx';
import { sayDuration } from '../parts/quantities.tsx';
import { RunStatus } from '../parts/status.tsx';
import { NextRunTime, otherZone } from '../source/next-run-time.tsx';
import type { SourceDetail } from '../source/source-data.ts';
import { words } from '../words/run.ts';
import classes from './run.module.css';
import { RunCause } from './run-cause.tsx';
import { isActive, type Run, type RunStatus as Status } from './run-types.ts';
import { useNow } from './use-now.ts';

/** Status, cause, start and duration of a run (it goes on while the run does), and when the next one is. */
export function RunFacts({
  run,
  status,
  source,
}: {
  readonly run: Run;
  readonly status: Status;
  /** Undefined until it is known. */
  readonly source: Pick<SourceDetail, 'next_run_at' | 'trigger'> | undefined;
}) {
  const { started_at, ended_at, queued_at } = run;
  const zone = source === undefined ? null : otherZone(source.trigger);
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
      {source !== undefined && source.next_run_at !== null && (
        <Fact label={zone === null ? words.nextRun : words.nextRunIn(zone)}>
          <NextRunTime at={source.next_run_at} zone={zone} />
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
