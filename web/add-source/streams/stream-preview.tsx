import { Skeleton, Stack, Table, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Count } from '../../parts/quantities.tsx';
import { words } from '../../words/add-source.ts';
import type { Pickable } from './pickable.ts';
import classes from './streams.module.css';

/** Drawing is a large part of the app that only a look into a stream needs. */
const Plot = lazy(() =>
  import('../../plot/plot.tsx').then(({ Plot: plot }) => ({ default: plot })),
);

/** px. */
const PLOT_HEIGHT = 96;

/** What a stream holds: its columns, its first rows as they are and as a small plot. */
export function StreamPreview({
  stream: { name, title, columns, check },
}: {
  readonly stream: Pickable;
}) {
  const rows = check?.first_rows ?? [];
  if (check === null) return <Columns columns={columns} />;
  if (rows.length === 0) return <Text size="sm">{words.streams.noRows}</Text>;
  return (
    <Stack gap="sm">
      <Suspense fallback={<Skeleton height={PLOT_HEIGHT} />}>
        <Plot
          columns={columns}
          rows={rows}
          title={words.streams.plot(title ?? name)}
          height={PLOT_HEIGHT}
          isSmall
        />
      </Suspense>
      <Text size="xs" c="dimmed">
        {words.streams.firstRows(rows.length, check.records ?? rows.length)}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={classes.rows} tabIndex={0} aria-label={words.streams.previewOf(name)}>
        <Table verticalSpacing={4} horizontalSpacing="sm" fz="xs" withRowBorders={false} striped>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th
                  key={column.name}
                  scope="col"
                  ta={column.type === 'double' ? 'right' : undefined}
                >
                  {column.name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name and never move
              <Table.Tr key={at}>
                {row.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as the rows
                  <Table.Td key={column} ta={typeof cell === 'number' ? 'right' : undefined}>
                    {cell === null ? '∅' : typeof cell === 'number' ? <Count n={cell} /> : cell}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </Stack>
  );
}

function Columns({ columns }: Pick<Pickable, 'columns'>) {
  return (
    <Table verticalSpacing={4} horizontalSpacing="sm" fz="xs" withRowBorders={false}>
      <Table.Tbody>
        {columns.map(({ name, type, description }) => (
          <Table.Tr key={name}>
            <Table.Th scope="row">{name}</Table.Th>
            <Table.Td>{type}</Table.Td>
            <Table.Td>{description}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
