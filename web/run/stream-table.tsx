import { Table } from '@mantine/core';
import { Fragment } from 'react';
import { Count, Duration } from '../parts/quantities.tsx';
import { words } from '../words/run.ts';
import classes from './run.module.css';
import { ChangeOf, hasNotes, StreamName, StreamNotes, TableLink } from './stream-cells.tsx';
import type { StreamRow } from './stream-rows.ts';
import { StreamStateSign } from './stream-state.tsx';

/** The streams of a run as a table, for windows that are wide enough. */
export function StreamTable({ rows }: { readonly rows: readonly StreamRow[] }) {
  const { columns } = words;
  return (
    <Table aria-label={words.streams} className={classes.streams} horizontalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{columns.stream}</Table.Th>
          <Table.Th scope="col" miw={150}>
            {columns.status}
          </Table.Th>
          <Table.Th scope="col" ta="right">
            {columns.rows}
          </Table.Th>
          <Table.Th scope="col">{columns.change}</Table.Th>
          <Table.Th scope="col" ta="right">
            {columns.version}
          </Table.Th>
          <Table.Th scope="col" ta="right">
            {columns.duration}
          </Table.Th>
          <Table.Th scope="col" ta="right">
            {columns.attempts}
          </Table.Th>
          <Table.Th scope="col">{columns.table}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <StreamTableRow key={row.stream} row={row} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function StreamTableRow({ row }: { readonly row: StreamRow }) {
  const { state } = row;
  const result = state.phase === 'ended' ? state.result : null;
  const noted = hasNotes(row);
  return (
    <Fragment>
      <Table.Tr className={noted ? classes.noted : undefined}>
        <Table.Th scope="row" fw={400}>
          <StreamName row={row} />
        </Table.Th>
        <Table.Td>
          <StreamStateSign state={state} />
        </Table.Td>
        {result === null ? (
          <Table.Td colSpan={6} />
        ) : (
          <>
            <Table.Td ta="right">
              {result.rows === null ? <span>{words.none}</span> : <Count n={result.rows} />}
            </Table.Td>
            <Table.Td>
              <ChangeOf change={result.change} />
            </Table.Td>
            <Table.Td ta="right">
              <span>{result.version ?? words.none}</span>
            </Table.Td>
            <Table.Td ta="right" className={classes.tight}>
              <Duration ms={result.duration_ms} />
            </Table.Td>
            <Table.Td ta="right">
              <span>{result.attempts}</span>
            </Table.Td>
            <Table.Td>
              <TableLink result={result} />
            </Table.Td>
          </>
        )}
      </Table.Tr>
      {noted && result !== null && (
        <Table.Tr>
          <Table.Td colSpan={8} pt={0}>
            <StreamNotes result={result} />
          </Table.Td>
        </Table.Tr>
      )}
    </Fragment>
  );
}
