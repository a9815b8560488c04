import { Anchor, Button, Group, SimpleGrid, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { TbDatabase, TbStack2 } from 'react-icons/tb';
import { layersQuery } from '../api/queries.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Ago } from '../parts/moment.tsx';
import { Page } from '../parts/page.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Count } from '../parts/quantities.tsx';
import { words } from '../words/catalog.ts';
import classes from './catalog.module.css';
import { type RecentTable, recentQuery } from './table-queries.ts';

/** What the catalog holds, and what changed in it. */
export function CatalogHome() {
  const layers = useQuery(layersQuery);
  const isEmpty = layers.data?.items.every(({ tables }) => tables === 0) ?? false;
  if (layers.isError) {
    return (
      <Page title={words.title}>
        <ProblemAlert error={layers.error} onRetry={() => layers.refetch()} />
      </Page>
    );
  }
  if (isEmpty) {
    return (
      <Page title={words.title}>
        <Panel>
          <EmptyState
            icon={TbDatabase}
            title={words.empty}
            action={
              <Button renderRoot={(props) => <Link to="/sources" {...props} />}>
                {words.toSources}
              </Button>
            }
          >
            {words.emptyHelp}
          </EmptyState>
        </Panel>
      </Page>
    );
  }
  return (
    <Page title={words.title} lead={words.lead}>
      <Stack>
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          {layers.isPending
            ? [1, 2, 3].map((n) => <Skeleton key={n} height={78} radius="lg" />)
            : layers.data.items.map(({ name, title, tables, folders }) => (
                <Panel key={name}>
                  <Group gap="xs" mb={2}>
                    <TbStack2 size={17} strokeWidth={1.7} aria-hidden />
                    <Text component="h2" fw={600} size="md" m={0}>
                      {title}
                    </Text>
                  </Group>
                  <Text size="sm" c="dimmed">
                    {[
                      words.tables(tables),
                      ...(folders.length > 0 ? [words.folders(folders.length)] : []),
                    ].join(' · ')}
                  </Text>
                </Panel>
              ))}
        </SimpleGrid>
        <Recent />
      </Stack>
    </Page>
  );
}

function Recent() {
  const recent = useQuery(recentQuery);
  if (recent.isError) return <ProblemAlert error={recent.error} onRetry={() => recent.refetch()} />;
  return (
    <Panel title={words.recent} flush>
      {recent.isPending ? (
        <Skeleton height={320} radius={0} />
      ) : (
        <RecentTables tables={recent.data} />
      )}
    </Panel>
  );
}

function RecentTables({ tables }: { readonly tables: readonly RecentTable[] }) {
  return (
    <Table.ScrollContainer minWidth={300} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table highlightOnHover className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{words.table}</Table.Th>
            <Table.Th scope="col" visibleFrom="sm">
              {words.source}
            </Table.Th>
            <Table.Th scope="col" ta="right" visibleFrom="sm">
              {words.rows}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {words.changed}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tables.map(({ layer, name, title, source, rows, changedAt }) => (
            <Table.Tr key={`${layer}.${name}`}>
              <Table.Td>
                <Anchor
                  fw={550}
                  renderRoot={(props) => (
                    <Link to="/catalog/$layer/$name" params={{ layer, name }} {...props} />
                  )}
                >
                  {title === '' ? name : title}
                </Anchor>
                <Text size="xs" c="dimmed" ff="monospace">
                  {layer}.{name}
                </Text>
              </Table.Td>
              <Table.Td visibleFrom="sm">{source}</Table.Td>
              <Table.Td ta="right" visibleFrom="sm">
                {rows !== null && <Count n={rows} />}
              </Table.Td>
              <Table.Td ta="right" className={classes.line}>
                <Ago at={changedAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
