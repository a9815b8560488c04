import { Text } from '@mantine/core';
import { Hint } from '../parts/hint.tsx';
import { Ago } from '../parts/moment.tsx';
import { Duration } from '../parts/quantities.tsx';
import type { Run } from '../run/run-types.ts';
import { words } from '../words/sources.ts';
import classes from './sources.module.css';
import { durationOf } from './spark-bars.ts';
import { StatusLine } from './status-line.tsx';

/**
 * What came of the last run, when, and how long it took; leads to it.
 *
 * @param outcome what came of its streams, if it was watched here
 */
export function LastRun({
  run,
  outcome,
}: {
  readonly run: Run | null;
  readonly outcome: string | undefined;
}) {
  if (run === null) {
    return (
      <Text size="sm" c="dimmed">
        {words.neverRun}
      </Text>
    );
  }
  const duration = durationOf(run);
  return (
    <div>
      <StatusLine id={run.id} status={run.status}>
        {outcome !== undefined && (
          <Hint label={outcome}>
            <Text size="xs" c="dimmed" component="span" className={classes.cut}>
              {outcome}
            </Text>
          </Hint>
        )}
      </StatusLine>
      <Text size="xs" c="dimmed" component="div" mt={2} className={classes.line}>
        <Ago at={run.ended_at ?? run.started_at ?? run.queued_at} />
        {duration !== null && (
          <>
            {' · '}
            <Duration ms={duration} />
          </>
        )}
      </Text>
    </div>
  );
}
