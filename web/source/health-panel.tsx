import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  TbAlertTriangleFilled,
  TbCircleCheckFilled,
  TbCircleDashed,
  TbCircleXFilled,
} from 'react-icons/tb';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { useRunActions } from '../run/run-actions.tsx';
import type { Run } from '../run/run-types.ts';
import { words } from '../words/source.ts';
import { type Health, healthOf } from './health.ts';
import classes from './source.module.css';
import { latestResultsQuery, type SourceDetail } from './source-data.ts';

/** How the streams of a source are, in words, with what to do about those that failed. */
export function HealthPanel({ source }: { readonly source: SourceDetail }) {
  const { id, streams, last_run } = source;
  const results = useQuery(latestResultsQuery(id));
  return (
    <Panel title={words.health}>
      {results.error !== null && results.data === undefined ? (
        <ProblemAlert error={results.error} onRetry={() => void results.refetch()} />
      ) : results.data === undefined ? (
        <Skeleton height={64} />
      ) : (
        <HealthWords
          health={healthOf(streams, results.data)}
          run={last_run}
          failedRunId={
            [...results.data.values()].find(({ status }) => status === 'failed')?.runId ?? null
          }
        />
      )}
    </Panel>
  );
}

function HealthWords({
  health,
  run,
  failedRunId,
}: {
  readonly health: Health;
  readonly run: Run | null;
  /** The run in which a stream last failed: an earlier one if only others were retried since. */
  readonly failedRunId: string | null;
}) {
  const { failed, empty, unread, total } = health;
  const { icon: Icon, tone, text } = headline(health);
  const failedAsWhole = run?.error != null && failed.length === 0 ? run.error : null;
  return (
    <Stack gap="sm">
      <div className={classes.headline}>
        <Icon size={20} aria-hidden style={{ color: `var(--${tone})`, flex: 'none' }} />
        {text}
      </div>
      {failedAsWhole !== null && (
        <Text size="sm">
          {words.ended} {failedAsWhole.message} {failedAsWhole.help}
        </Text>
      )}
      <ul className={classes.failures}>
        {failed.map(({ streams, message, help }) => (
          <li key={streams.join()}>
            <p className={classes.names}>{streams.join(', ')}</p>
            <Text size="sm" className={classes.message} lineClamp={4}>
              {message.trim()}
            </Text>
            <Text size="sm" c="dimmed">
              {help}
            </Text>
          </li>
        ))}
      </ul>
      {empty > 0 && <Text size="sm">{words.empties(empty)}</Text>}
      {unread > 0 && unread < total && <Text size="sm">{words.notRead(unread)}</Text>}
      {run !== null && (
        <HealthActions run={run} failedRunId={failed.length > 0 ? failedRunId : null} />
      )}
    </Stack>
  );
}

function HealthActions({
  run,
  failedRunId,
}: {
  readonly run: Run;
  readonly failedRunId: string | null;
}) {
  const { retry, error } = useRunActions(
    failedRunId ?? run.id,
    run.status,
    failedRunId !== null,
    'default',
  );
  return (
    <>
      <Group gap="xs">
        {retry}
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/runs/$id" params={{ id: run.id }} {...props} />}
        >
          {words.toRun}
        </Button>
      </Group>
      {error !== null && <ProblemAlert error={error} />}
    </>
  );
}

function headline({ failedCount, unread, total }: Health) {
  if (total === 0) {
    return { icon: TbCircleDashed, tone: 'quiet', text: words.noStreams };
  }
  if (failedCount > 0) {
    return {
      icon: failedCount === total ? TbCircleXFilled : TbAlertTriangleFilled,
      tone: failedCount === total ? 'bad' : 'warn',
      text: words.someFailed(failedCount, total),
    };
  }
  if (unread === total) return { icon: TbCircleDashed, tone: 'quiet', text: words.noneRead };
  if (unread > 0) {
    return { icon: TbAlertTriangleFilled, tone: 'warn', text: words.notRead(unread) };
  }
  return { icon: TbCircleCheckFilled, tone: 'good', text: words.fresh(total) };
}
