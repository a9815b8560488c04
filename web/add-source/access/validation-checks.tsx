import { Box, Group, Progress, Text } from '@mantine/core';
import { Panel } from '../../parts/panel.tsx';
import { words } from '../../words/add-source.ts';
import { CheckRow } from './check-row.tsx';
import classes from './checks.module.css';
import type { LiveChecks } from './use-checks.ts';
import { chartIdOf, tally } from './validation.ts';

/** The checks of an account: the credentials, then every chart, each as it ends. */
export function ValidationChecks({
  live,
  chartIds,
}: {
  readonly live: LiveChecks;
  /** The charts that are checked, in the order in which they were given. */
  readonly chartIds: readonly string[];
}) {
  const { credentials, charts, good, bad } = tally(live.checks);
  const byId = new Map(charts.map((check) => [chartIdOf(check.stream ?? ''), check]));
  const refused = credentials?.ok === false;
  const all = chartIds.length;
  const title = live.hasEnded ? words.checks.titleEnded : words.checks.title;
  return (
    <Panel title={title} flush>
      <Box className={classes.head}>
        <Progress
          value={refused ? 0 : (charts.length / Math.max(all, 1)) * 100}
          size="sm"
          mb="xs"
          aria-label={words.checks.progressLabel}
        />
        <Group gap="md" role="status">
          <Text size="sm">{words.checks.progress(charts.length, all)}</Text>
          {good > 0 && (
            <Text size="sm" className={classes.good}>
              {words.checks.good(good)}
            </Text>
          )}
          {bad > 0 && (
            <Text size="sm" className={classes.error}>
              {words.checks.bad(bad)}
            </Text>
          )}
        </Group>
        {live.connection === 'lost' && (
          <Text size="sm" mt="xs">
            {words.checks.lost}
          </Text>
        )}
      </Box>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={title}>
        <ul className={classes.list}>
          <CheckRow
            name={words.checks.credentials}
            check={credentials}
            good={words.checks.credentialsOk}
          />
          {!refused &&
            inOrder(chartIds, byId, live.hasEnded).map((id) => (
              <CheckRow key={id} name={id} check={byId.get(id) ?? null} />
            ))}
        </ul>
      </section>
    </Panel>
  );
}

/** As they were given; once all is known, those that cannot be read come first. */
function inOrder(
  chartIds: readonly string[],
  byId: ReadonlyMap<string, { readonly ok: boolean }>,
  hasEnded: boolean,
): readonly string[] {
  if (!hasEnded) return chartIds;
  return chartIds.toSorted(
    (a, b) => Number(byId.get(a)?.ok ?? true) - Number(byId.get(b)?.ok ?? true),
  );
}
