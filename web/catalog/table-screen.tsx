import { Anchor, Breadcrumbs, Button, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { layersQuery, tableQuery } from '../api/queries.ts';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/catalog.ts';
import { ColumnsTab } from './columns-tab.tsx';
import { DataTab } from './data-tab.tsx';
import { TableActions } from './table-actions.tsx';
import { TableFacts } from './table-facts.tsx';
import type { TableDetail } from './table-types.ts';
import { Unreadable } from './unreadable.tsx';
import { UseTab } from './use-tab.tsx';
import { VersionsTab } from './versions-tab.tsx';

const route = getRouteApi('/app/catalog/$layer/$name');

const TABS = ['data', 'columns', 'versions', 'use'] as const;
type TabName = (typeof TABS)[number];

/** A table of the catalog: its data, columns, versions and how to use it. */
export function TableScreen() {
  const { layer, name } = route.useParams();
  const { tab: asked } = route.useSearch();
  const tab = TABS.find((known) => known === asked) ?? 'data';
  const table = useQuery(tableQuery(layer, name));
  return (
    <Page
      title={table.data?.title ?? name}
      part={tab === 'data' || table.data?.error !== null ? undefined : words.tabs[tab]}
      wide
      above={<Where layer={layer} folder={table.data?.folder ?? null} name={name} />}
      {...(table.data?.owner?.note ? { lead: table.data.owner.note } : {})}
      actions={table.data !== undefined && <TableActions table={table.data} />}
    >
      {table.isPending ? (
        <Waiting />
      ) : table.isError && table.data === undefined ? (
        <Stack align="flex-start">
          <ProblemAlert error={table.error} onRetry={() => table.refetch()} />
          <Button variant="default" renderRoot={(props) => <Link to="/catalog" {...props} />}>
            {words.backToCatalog}
          </Button>
        </Stack>
      ) : (
        <TableBody key={`${layer}.${name}`} table={table.data} tab={tab} />
      )}
    </Page>
  );
}

function TableBody({ table, tab }: { readonly table: TableDetail; readonly tab: TabName }) {
  const { version } = route.useSearch();
  const navigate = route.useNavigate();
  const looked = version !== undefined && version !== table.version ? version : null;
  function look(next: number | null) {
    void navigate({ search: next === null ? {} : { version: next } });
  }
  if (table.error !== null) return <Unreadable table={table} error={table.error} />;
  return (
    <>
      <TableFacts table={table} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          navigate({
            search: (search) => {
              const { tab: _, ...rest } = search;
              return next === null || next === 'data' ? rest : { ...rest, tab: next };
            },
          })
        }
      >
        <Tabs.List aria-label={words.tabsLabel} mb="md">
          {TABS.map((known) => (
            <Tabs.Tab key={known} value={known}>
              {words.tabs[known]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="data">
          <DataTab table={table} version={looked} onLook={look} />
        </Tabs.Panel>
        <Tabs.Panel value="columns">
          <ColumnsTab table={table} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <VersionsTab table={table} shown={looked ?? table.version} onLook={look} />
        </Tabs.Panel>
        <Tabs.Panel value="use">
          <UseTab layer={table.layer} name={table.name} version={looked} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Where(place: {
  readonly layer: string;
  readonly folder: string | null;
  readonly name: string;
}) {
  const layers = useQuery(layersQuery);
  const layer = layers.data?.items.find(({ name }) => name === place.layer);
  return (
    <Breadcrumbs component="nav" aria-label={words.path} mb={6} separatorMargin={6}>
      <Anchor size="sm" c="dimmed" renderRoot={(props) => <Link to="/catalog" {...props} />}>
        {words.title}
      </Anchor>
      <Text size="sm" c="dimmed">
        {layer?.title ?? place.layer}
      </Text>
      {place.folder !== null && (
        <Text size="sm" c="dimmed">
          {place.folder}
        </Text>
      )}
      <Text size="sm" ff="monospace" c="dimmed">
        {place.name}
      </Text>
    </Breadcrumbs>
  );
}

function Waiting() {
  return (
    <Stack aria-hidden>
      <Skeleton height={42} maw={620} />
      <Skeleton height={36} />
      <Skeleton height={400} radius="lg" />
    </Stack>
  );
}
