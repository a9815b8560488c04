import { Table, Text, VisuallyHidden } from '@mantine/core';
import { Count } from '../parts/quantities.tsx';
import { words } from '../words/source.ts';
import classes from './source.module.css';
import { LastChange, StreamPlace, StreamStatus, StreamTitle } from './stream-facts.tsx';
import type { ListedStream } from './stream-list.ts';
import { type StreamActions, StreamMenu } from './stream-menu.tsx';

/** Streams as a table, for windows that are wide enough. */
export function StreamsTable({
  streams,
  actions,
}: {
  readonly streams: readonly ListedStream[];
  /** Null for those who may only look. */
  readonly actions: StreamActions | null;
}) {
  const { columns } = words;
  return (
    <Table aria-label={words.streams} className={classes.table} highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{columns.stream}</Table.Th>
          <Table.Th scope="col">{columns.status}</Table.Th>
          <Table.Th scope="col" ta="right">
            {columns.rows}
          </Table.Th>
          <Table.Th scope="col">{columns.table}</Table.Th>
          <Table.Th scope="col" className={classes.changed}>
            {columns.changed}
          </Table.Th>
          <Table.Th scope="col">{columns.note}</Table.Th>
          {actions !== null && (
            <Table.Th scope="col">
              <VisuallyHidden>{columns.actions}</VisuallyHidden>
            </Table.Th>
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {streams.map((listed) => (
          <Table.Tr key={listed.stream.name}>
            <Table.Th scope="row" fw={400}>
              <StreamTitle listed={listed} />
            </Table.Th>
            <Table.Td>
              <StreamStatus listed={listed} />
            </Table.Td>
            <Table.Td ta="right">
              {listed.table?.rows == null ? words.none : <Count n={listed.table.rows} />}
            </Table.Td>
            <Table.Td>
              <StreamPlace listed={listed} />
            </Table.Td>
            <Table.Td>
              <LastChange listed={listed} />
            </Table.Td>
            <Table.Td maw={220}>
              <Text size="xs" lineClamp={2}>
                {listed.stream.note}
              </Text>
            </Table.Td>
            {actions !== null && (
              <Table.Td className={classes.actions}>
                <StreamMenu listed={listed} actions={actions} />
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
