import { Loader, Skeleton, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { TbCalendarClock, TbInfoCircle } from 'react-icons/tb';
import { ProblemError } from '../api/problem-error.ts';
import { ZONE } from '../parts/moment.tsx';
import { Notice } from '../parts/notice.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/trigger.ts';
import { runTimes } from './run-times.ts';
import classes from './trigger.module.css';
import type { TriggerChoice } from './trigger-choice.ts';

/** What the service says of a trigger. */
export interface TriggerAdvice {
  readonly description: string;
  readonly next_runs: readonly string[];
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

/** What a trigger means: in words, with the next five runs and what to consider. */
export function TriggerPreview({
  trigger,
  isWhole,
  sourceName,
  advice,
  isAsking,
}: {
  readonly trigger: TriggerChoice;
  /** Nothing is missing: it can be told what it means. */
  readonly isWhole: boolean;
  /** Of the source that it comes after, once known. */
  readonly sourceName: string | undefined;
  readonly advice: UseQueryResult<TriggerAdvice>;
  /** What is shown is of a moment ago. */
  readonly isAsking: boolean;
}) {
  const { data, error } = advice;
  const isField = error instanceof ProblemError && error.problem.issues.length > 0;
  if (error !== null && !isField) {
    return <ProblemAlert error={error} onRetry={() => void advice.refetch()} />;
  }
  const zone = 'timezone' in trigger ? trigger.timezone : null;
  const isKnown = isWhole && error === null && data !== undefined;
  return (
    <section
      className={classes.preview}
      aria-label={words.preview}
      aria-live="polite"
      aria-busy={isAsking}
    >
      <span className={classes.previewIcon} aria-hidden>
        {isAsking ? (
          <Loader size={16} color="gray" />
        ) : (
          <TbCalendarClock size={18} strokeWidth={1.7} />
        )}
      </span>
      <Stack gap="xs" flex={1} miw={0}>
        {isKnown ? (
          <>
            <Text size="md" fw={600}>
              {sourceName === undefined ? data.description : words.afterNamed(sourceName)}
            </Text>
            {data.next_runs.length > 0 && zone !== null && (
              <NextRuns runs={data.next_runs} zone={zone} />
            )}
            {data.warnings.map(({ code, message }) => (
              <Notice key={code} tone="quiet" icon={TbInfoCircle}>
                <Text size="sm">{message}</Text>
              </Notice>
            ))}
          </>
        ) : (
          <Placeholder isLoading={isWhole && error === null} hasRuns={zone !== null} />
        )}
      </Stack>
    </section>
  );
}

function NextRuns({ runs, zone }: { readonly runs: readonly string[]; readonly zone: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed" mb="xxs">
        {zone === ZONE ? words.nextRuns : words.nextRunsIn(zone)}
      </Text>
      <ol className={classes.runs}>
        {runTimes(runs, zone, ZONE).map(({ at, there, here }) => (
          <li key={at}>
            <time dateTime={at}>{there}</time>
            {here !== null && (
              <Text span size="sm" c="dimmed">
                {words.here(here)}
              </Text>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Keeps the place while it is asked, and while something is missing. */
function Placeholder({
  isLoading,
  hasRuns,
}: {
  readonly isLoading: boolean;
  readonly hasRuns: boolean;
}) {
  return (
    <Stack gap={9} aria-hidden pt={4}>
      <Skeleton height={13} width={230} animate={isLoading} />
      {hasRuns &&
        [0, 1, 2, 3, 4, 5].map((line) => (
          <Skeleton key={line} height={11} width={150} animate={isLoading} />
        ))}
    </Stack>
  );
}
