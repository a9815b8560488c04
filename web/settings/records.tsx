import { Skeleton, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '../words/settings.ts';
import classes from './records.module.css';

/**
 * A table of a few columns; on narrow screens each row becomes a card that names its values. The roles
 * stand there because browsers forget those of a table that is laid out as something else.
 *
 * @param columns their headings; an empty one is for screen readers
 */
export function Records({
  label,
  columns,
  children,
}: {
  readonly label: string;
  readonly columns: readonly string[];
  readonly children: ReactNode;
}) {
  return (
    <Table className={classes.table} role="table" aria-label={label}>
      <Table.Thead role="rowgroup">
        <Table.Tr role="row">
          {columns.map((column) => (
            <Table.Th
              key={column}
              scope="col"
              role="columnheader"
              className={column === words.actions ? classes.hidden : undefined}
            >
              {column}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody role="rowgroup">{children}</Table.Tbody>
    </Table>
  );
}

export function Row({
  isFaded = false,
  children,
}: {
  readonly isFaded?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Table.Tr role="row" className={classes.row} data-faded={isFaded || undefined}>
      {children}
    </Table.Tr>
  );
}

/** What a row is about. */
export function HeadCell({ children }: { readonly children: ReactNode }) {
  return (
    <Table.Th role="rowheader" scope="row" className={classes.head}>
      {children}
    </Table.Th>
  );
}

/** @param label of its column, shown beside it on narrow screens; empty where it needs none */
export function Cell({
  label,
  align = 'start',
  children,
}: {
  readonly label: string;
  readonly align?: 'start' | 'end';
  readonly children: ReactNode;
}) {
  return (
    <Table.Td role="cell" className={classes.cell} data-label={label} data-align={align}>
      {children}
    </Table.Td>
  );
}

/** Rows that are on their way. */
export function PendingRows({
  columns,
  rows = 3,
}: {
  readonly columns: number;
  readonly rows?: number;
}) {
  return Array.from({ length: rows }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
    <Row key={row}>
      {Array.from({ length: columns }, (_, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Cell key={column} label="">
          <Skeleton height={16} my={4} width={column === 0 ? 160 : 72} />
        </Cell>
      ))}
    </Row>
  ));
}
