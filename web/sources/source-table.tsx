import { Table, VisuallyHidden } from '@mantine/core';
import { Fragment } from 'react';
import { Count } from '../parts/quantities.tsx';
import { words } from '../words/sources.ts';
import { NextRun } from './next-run.tsx';
import { RowProblem } from './row-problem.tsx';
import { RunSpark } from './run-spark.tsx';
import { SourceName } from './source-name.tsx';
import classes from './sources.module.css';
import { type ListedSource, useSourceRow } from './use-source-row.tsx';

/** Sources as a table, for windows that are wide enough. */
export function SourceTable({
  rows,
  connector,
}: {
  readonly rows: readonly ListedSource[];
  /** What a connector is called. */
  readonly connector: (name: string) => string;
}) {
  const { columns } = words;
  return (
    <Table highlightOnHover layout="fixed" aria-label={words.list} className={classes.table}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{columns.name}</Table.Th>
          <Table.Th scope="col" className={classes.connectorColumn}>
            {columns.connector}
          </Table.Th>
          <Table.Th scope="col" className={classes.statusColumn}>
            {columns.lastRun}
          </Table.Th>
          <Table.Th scope="col" className={classes.nextColumn}>
            {columns.nextRun}
          </Table.Th>
          <Table.Th scope="col" ta="right" className={classes.countColumn}>
            {columns.tables}
          </Table.Th>
          <Table.Th scope="col" className={classes.historyColumn}>
            {columns.history}
          </Table.Th>
          <Table.Th scope="col" className={classes.actionColumn}>
            <VisuallyHidden>{columns.actions}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <SourceRow key={row.source.id} row={row} connector={connector(row.source.connector)} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function SourceRow({ row, connector }: { readonly row: ListedSource; readonly connector: string }) {
  const { source } = row;
  const { status, button, error, dismiss } = useSourceRow(row);
  return (
    <Fragment>
      <Table.Tr>
        <Table.Th scope="row" className={classes.nameCell}>
          <SourceName {...source} />
        </Table.Th>
        <Table.Td>{connector}</Table.Td>
        <Table.Td>{status}</Table.Td>
        <Table.Td>
          <NextRun source={source} />
        </Table.Td>
        <Table.Td ta="right">
          <Count n={source.streams} />
        </Table.Td>
        <Table.Td>
          <RunSpark runs={source.recent_runs} />
        </Table.Td>
        <Table.Td>{button}</Table.Td>
      </Table.Tr>
      {error !== null && (
        <Table.Tr>
          <Table.Td colSpan={7} p={0}>
            <RowProblem source={source.name} error={error} onClose={dismiss} />
          </Table.Td>
        </Table.Tr>
      )}
    </Fragment>
  );
}
