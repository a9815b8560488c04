import { Skeleton, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Hint } from '../parts/hint.tsx';
import { Moment } from '../parts/moment.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { sayDuration } from '../parts/quantities.tsx';
import { toneOf } from '../parts/status.tsx';
import { sparkBars } from '../sources/spark-bars.ts';
import { words as parts } from '../words/parts.ts';
import { words } from '../words/source.ts';
import classes from './source.module.css';
import { sourceRunsQuery } from './source-data.ts';

/** Width of a bar with its gap, in px: wide enough for a finger. */
const PLACE = 27;

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** The last runs as bars that lead to them, as many as there is room for. */
export function TimelinePanel({ id }: { readonly id: string }) {
  const runs = useInfiniteQuery(sourceRunsQuery(id, null));
  const { ref, width } = useElementSize();
  const room = Math.max(4, Math.floor(width / PLACE));
  const shown = runs.data?.pages[0]?.items.slice(0, room) ?? [];
  const bars = sparkBars(shown);
  const [first] = bars;
  const last = bars.at(-1);
  return (
    <Panel title={words.timeline}>
      <div ref={ref}>
        {runs.error !== null && runs.data === undefined ? (
          <ProblemAlert error={runs.error} onRetry={() => void runs.refetch()} />
        ) : runs.data === undefined ? (
          <Skeleton height={120} />
        ) : first === undefined || last === undefined ? (
          <Text size="sm" c="dimmed">
            {words.noRuns}. {words.noRunsHelp}
          </Text>
        ) : (
          <>
            <ol className={classes.bars}>
              {bars.map(({ run, duration, height }) => {
                const at = when.format(new Date(run.started_at ?? run.queued_at));
                const name =
                  duration === null
                    ? words.barActive(parts.statuses[run.status], at)
                    : words.bar(parts.statuses[run.status], at, sayDuration(duration));
                return (
                  <li key={run.id}>
                    <Hint label={name}>
                      <Link
                        to="/runs/$id"
                        params={{ id: run.id }}
                        aria-label={name}
                        className={classes.bar}
                      >
                        <span
                          style={{ height: `${100 * height}%`, background: toneOf(run.status) }}
                        />
                      </Link>
                    </Hint>
                  </li>
                );
              })}
            </ol>
            <p className={classes.axis}>
              <Moment at={first.run.started_at ?? first.run.queued_at} />
              {bars.length > 1 && (
                <>
                  {' – '}
                  <Moment at={last.run.started_at ?? last.run.queued_at} />
                </>
              )}
              {' · '}
              {words.timelineHelp}
            </p>
          </>
        )}
      </div>
    </Panel>
  );
}
