import { Group, Progress, Stack, Text } from '@mantine/core';
import { Panel } from '../parts/panel.tsx';
import { Count } from '../parts/quantities.tsx';
import { words } from '../words/run.ts';
import classes from './run.module.css';
import type { ResultCounts } from './stream-rows.ts';

const SHOWN = [
  ['success', 'good'],
  ['unchanged', 'quiet'],
  ['empty', 'warn'],
  ['failed', 'bad'],
] as const;

/** Keeps the line while there is nothing to say. */
const NO_BREAK_SPACE = '\u00a0';

/** What came of a run in numbers, and how far it is. */
export function RunSummary({
  counts,
  total,
  isLive,
}: {
  readonly counts: ResultCounts;
  /** Null until it is known: a part would look like the whole. */
  readonly total: number | null;
  readonly isLive: boolean;
}) {
  const done = total === null ? 0 : total - counts.open;
  const said =
    total === null ? NO_BREAK_SPACE : total === 0 ? words.begins : words.done(done, total);
  const share = (n: number) => (total === null || total === 0 ? 0 : (100 * n) / total);
  return (
    <Panel title={words.summary}>
      <Stack gap="md">
        <Stack gap={6}>
          <Progress.Root size={8} radius="xl">
            {SHOWN.map(([status, tone]) => (
              <Progress.Section
                key={status}
                value={share(counts[status])}
                color={`var(--${tone})`}
                withAria={false}
              />
            ))}
          </Progress.Root>
          <Text
            size="sm"
            c="dimmed"
            role="progressbar"
            aria-label={words.progress}
            aria-valuemin={0}
            aria-valuemax={Math.max(total ?? 0, 1)}
            aria-valuenow={done}
            aria-valuetext={said}
          >
            {said}
          </Text>
        </Stack>
        <Group component="dl" gap="xl" m={0}>
          {SHOWN.map(([status, tone]) => (
            <Figure key={status} label={words.counts[status]} n={counts[status]} tone={tone} />
          ))}
          {!isLive && counts.open > 0 && (
            <Figure label={words.counts.open} n={counts.open} tone="quiet" />
          )}
          <Figure label={words.counts.rows} n={counts.rows} tone={null} />
        </Group>
      </Stack>
    </Panel>
  );
}

function Figure({
  label,
  n,
  tone,
}: {
  readonly label: string;
  readonly n: number;
  readonly tone: string | null;
}) {
  return (
    <div className={classes.figure}>
      <dt>
        {tone !== null && <span className={classes.dot} style={{ background: `var(--${tone})` }} />}
        {label}
      </dt>
      <dd>
        <Count n={n} />
      </dd>
    </div>
  );
}
