import { Skeleton, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { exactText, formatCell } from '../grid/format-cell.ts';
import { typeName } from '../grid/type-name.ts';
import { Hint } from '../parts/hint.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Count } from '../parts/quantities.tsx';
import { words } from '../words/catalog.ts';
import classes from './catalog.module.css';
import { statisticsQuery } from './table-queries.ts';
import type { TableDetail } from './table-types.ts';

/** The columns of a table, and what they hold. */
export function ColumnsTab({ table }: { readonly table: TableDetail }) {
  const statistics = useQuery(statisticsQuery(table.layer, table.name));
  return (
    <>
      {statistics.isError && (
        <ProblemAlert error={statistics.error} onRetry={() => statistics.refetch()} />
      )}
      <Panel flush>
        <Table.ScrollContainer
          minWidth={640}
          type="native"
          tabIndex={0}
          role="region"
          aria-label={words.tabs.columns}
        >
          <Table className={classes.table} horizontalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                {[words.column, words.type].map((name) => (
                  <Table.Th key={name} scope="col">
                    {name}
                  </Table.Th>
                ))}
                {[words.nulls, words.distinct, words.least, words.most, words.average].map(
                  (name) => (
                    <Table.Th key={name} scope="col" ta="right">
                      {name}
                    </Table.Th>
                  ),
                )}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {table.columns.map(({ name, type, nullable, description }) => {
                const own = statistics.data?.columns.find((column) => column.name === name);
                const wait = statistics.isPending && <Skeleton height={12} width={40} ml="auto" />;
                return (
                  <Table.Tr key={name}>
                    <Table.Th scope="row" className={classes.columnName}>
                      <Text ff="monospace" size="sm" fw={600}>
                        {name}
                      </Text>
                      <Text size="xs" c="dimmed" fw={400}>
                        {description}
                      </Text>
                    </Table.Th>
                    <Table.Td>
                      {typeName(type)}
                      {!nullable && (
                        <Text size="xs" c="dimmed" className={classes.line}>
                          {words.required}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td ta="right">{own ? <Count n={own.nulls} /> : wait}</Table.Td>
                    <Table.Td ta="right">{own ? <Count n={own.distinct} /> : wait}</Table.Td>
                    <Value value={own?.min} type={type} wait={wait} />
                    <Value value={own?.max} type={type} wait={wait} />
                    <Value value={own?.average} type={type} wait={wait} />
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Panel>
    </>
  );
}

/** A hint is one line. */
const HINT_CHARACTERS = 160;

function wholeText(value: unknown): string {
  const text = exactText(value);
  return text.length > HINT_CHARACTERS ? `${text.slice(0, HINT_CHARACTERS)}…` : text;
}

function Value({
  value,
  type,
  wait,
}: {
  readonly value: unknown;
  readonly type: string;
  readonly wait: React.ReactNode;
}) {
  return (
    <Table.Td ta="right" className={classes.columnValue}>
      {value === undefined
        ? wait
        : value !== null && (
            <Hint label={wholeText(value)}>
              <Text size="sm" truncate>
                {formatCell(value, type).text}
              </Text>
            </Hint>
          )}
    </Table.Td>
  );
}
