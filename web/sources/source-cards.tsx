import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Count } from '../parts/quantities.tsx';
import { words } from '../words/sources.ts';
import { NextRun } from './next-run.tsx';
import { RowProblem } from './row-problem.tsx';
import { RunSpark } from './run-spark.tsx';
import { SourceName } from './source-name.tsx';
import classes from './sources.module.css';
import { type ListedSource, useSourceRow } from './use-source-row.tsx';

/** Sources as cards, for narrow windows. */
export function SourceCards({
  rows,
  connector,
}: {
  readonly rows: readonly ListedSource[];
  readonly connector: (name: string) => string;
}) {
  return (
    <ul aria-label={words.list} className={classes.cards}>
      {rows.map((row) => (
        <li key={row.source.id}>
          <SourceCard row={row} connector={connector(row.source.connector)} />
        </li>
      ))}
    </ul>
  );
}

function SourceCard({
  row,
  connector,
}: {
  readonly row: ListedSource;
  readonly connector: string;
}) {
  const { source } = row;
  const { columns } = words;
  const { status, button, error, dismiss } = useSourceRow(row);
  return (
    <div className={classes.card}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
        <SourceName {...source} />
        {button}
      </Group>
      <dl className={classes.facts}>
        <Fact label={columns.lastRun}>{status}</Fact>
        <Fact label={columns.nextRun}>
          <NextRun source={source} />
        </Fact>
        <Fact label={columns.connector}>{connector}</Fact>
        <Fact label={columns.tables}>
          <Count n={source.streams} />
        </Fact>
        {source.recent_runs.length > 0 && (
          <Fact label={columns.history}>
            <RunSpark runs={source.recent_runs} />
          </Fact>
        )}
      </dl>
      {error !== null && <RowProblem source={source.name} error={error} onClose={dismiss} />}
    </div>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <Text component="dt" size="xs" c="dimmed">
        {label}
      </Text>
      <Text component="dd" size="sm" m={0}>
        {children}
      </Text>
    </div>
  );
}
