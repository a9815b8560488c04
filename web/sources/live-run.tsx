import { Group, Progress, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { forgetWhatRunsChange } from '../api/queries.ts';
import { Hint } from '../parts/hint.tsx';
import { sayDuration } from '../parts/quantities.tsx';
import { progressOf, type RunPicture, statusOf, waitOf } from '../run/run-picture.ts';
import type { Run, RunDetail } from '../run/run-types.ts';
import { useNow } from '../run/use-now.ts';
import { useRunEvents } from '../run/use-run-events.ts';
import { words } from '../words/sources.ts';
import classes from './sources.module.css';
import { StatusLine } from './status-line.tsx';

/**
 * A run as it goes on: streams done of all, or how long the source makes it wait. Give it the run's id as
 * its `key`.
 *
 * @param isFollowed false shows the status alone: a browser has few connections to one service
 */
export function LiveRun({
  run,
  source,
  isFollowed,
  onEnd,
}: {
  readonly run: Run;
  readonly source: string;
  readonly isFollowed: boolean;
  readonly onEnd: (run: RunDetail) => void;
}) {
  const client = useQueryClient();
  const { picture, connection } = useRunEvents(isFollowed ? run.id : null);
  const now = useNow(isFollowed);
  const { end } = picture;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when the end comes
  useEffect(() => {
    if (end === null) return;
    onEnd(end);
    forgetWhatRunsChange(client);
  }, [end]);
  const { done, total } = progressOf(picture);
  const status = statusOf(run, picture);
  const said = connection === 'lost' ? words.lost : sayProgress(status, picture, now);
  return (
    <div>
      <StatusLine id={run.id} status={status} />
      {isFollowed && (
        <Group gap={8} wrap="nowrap" mt={2}>
          <Progress
            value={total === 0 ? 0 : (100 * done) / total}
            size={4}
            w={64}
            flex="none"
            radius="xl"
            aria-label={words.progressName(source)}
          />
          <Hint label={said}>
            <Text size="xs" c="dimmed" component="span" className={classes.cut}>
              {said}
            </Text>
          </Hint>
        </Group>
      )}
    </div>
  );
}

function sayProgress(status: Run['status'], picture: RunPicture, now: number): string {
  if (status === 'canceling') return words.stops;
  const until = waitOf(picture, now);
  if (until !== null) return words.waits(sayDuration(1_000 * Math.ceil((until - now) / 1_000)));
  const { done, total } = progressOf(picture);
  return total === 0 ? words.begins : words.progress(done, total);
}
