import { Anchor, Box, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { TbHistory } from 'react-icons/tb';
import { previewQuery } from '../api/queries.ts';
import { toHash } from '../explorer/query-link.ts';
import { DataGrid } from '../grid/data-grid.tsx';
import { Moment } from '../parts/moment.tsx';
import { Notice } from '../parts/notice.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/catalog.ts';
import { PLOTTED_AT_MOST, plotRowsQuery, versionsQuery } from './table-queries.ts';
import type { TableDetail } from './table-types.ts';
import { sqlOf } from './use-snippets.ts';
import { VersionSelect } from './version-select.tsx';

const loadPlot = () => import('../plot/plot.tsx');
const Plot = lazy(() => loadPlot().then((module) => ({ default: module.Plot })));

/** px; also of what stands there while it loads. */
const PLOT = 320;
/** px that caption and tools want beside the title; with less they stand beneath it from the start. */
const HEAD = 330;
const PREVIEW = 1_000;
const GRID = 'table-rows';

/** The plot of a version and its first rows. */
export function DataTab({
  table,
  version,
  onLook,
}: {
  readonly table: TableDetail;
  /** An older one; null is the latest. */
  readonly version: number | null;
  readonly onLook: (version: number | null) => void;
}) {
  const { layer, name } = table;
  const [head, setHead] = useState<HTMLElement | null>(null);
  // Its code comes at the same time as the data. Whatever keeps it away is told where it is drawn.
  useEffect(() => void loadPlot().catch(() => undefined), []);
  const versions = useQuery(versionsQuery(layer, name));
  const preview = useQuery(previewQuery(layer, name, { version: version ?? undefined }));
  const looked = versions.data?.items.find((item) => item.version === (version ?? table.version));
  const all = version === null ? table.rows : (looked?.rows ?? null);
  const at = version === null ? table.committed_at : (looked?.committed_at ?? null);
  const shown = preview.data?.rows.length ?? 0;
  return (
    <Stack>
      {version !== null && (
        <Notice tone="warn" icon={TbHistory} title={words.olderBanner(version)} role="status">
          <Group gap="xs" justify="space-between">
            <Text size="sm" c="dimmed">
              {at !== null && <Moment at={at} />}
            </Text>
            <Button size="compact-sm" variant="default" onClick={() => onLook(null)}>
              {words.backToLatest}
            </Button>
          </Group>
        </Notice>
      )}
      {preview.isError ? (
        <ProblemAlert error={preview.error} onRetry={() => preview.refetch()} />
      ) : (
        <>
          <Panel
            title={table.title ?? words.plot}
            actions={
              <Group gap="sm" justify="flex-end" flex={`1 1 ${HEAD}px`}>
                <Box ref={setHead} flex="1 1 0" miw={200} mih={28} />
                {(versions.data?.items.length ?? 0) > 1 && (
                  <VersionSelect
                    versions={versions.data?.items ?? []}
                    latest={table.version}
                    value={version}
                    onChange={onLook}
                  />
                )}
              </Group>
            }
          >
            <TablePlot
              table={table}
              version={version ?? table.version}
              rows={all}
              at={at}
              head={head}
            />
          </Panel>
          <Panel
            title={words.preview}
            flush
            actions={
              <Group gap="sm">
                {preview.data !== undefined && (
                  <Text size="sm" c="dimmed">
                    {all === null
                      ? words.firstRowsOnly(shown)
                      : shown < all
                        ? words.firstRows(shown, all)
                        : words.allRows(shown)}
                  </Text>
                )}
                <Anchor
                  size="sm"
                  renderRoot={(props) => (
                    <Link to="/explorer" hash={toHash(sqlOf({ layer, name }))} {...props} />
                  )}
                >
                  {words.explore}
                </Anchor>
              </Group>
            }
          >
            {preview.data === undefined ? (
              <Skeleton height={400} radius={0} />
            ) : (
              <DataGrid
                id={GRID}
                columns={preview.data.columns}
                rows={preview.data.rows}
                label={`${layer}.${name}`}
                height="520px"
              />
            )}
          </Panel>
        </>
      )}
    </Stack>
  );
}

function TablePlot({
  table,
  version,
  rows,
  at,
  head,
}: {
  readonly table: TableDetail;
  readonly version: number | null;
  readonly rows: number | null;
  readonly at: string | null;
  /** Where the plot's caption and tools stand. */
  readonly head: HTMLElement | null;
}) {
  const { layer, name } = table;
  // All rows of a chart of usual size; of a huge table only those that the preview has anyway.
  const asksAll = rows !== null && version !== null && rows > PREVIEW && rows <= PLOTTED_AT_MOST;
  const all = useQuery({ ...plotRowsQuery(layer, name, version ?? 0), enabled: asksAll });
  const isLatest = version === table.version;
  const preview = useQuery(
    previewQuery(layer, name, { version: isLatest ? undefined : (version ?? undefined) }),
  );
  const data = asksAll && !all.isError ? all.data : preview.data;
  const waiting = <Skeleton height={PLOT + 34} />;
  if (data === undefined) return waiting;
  return (
    <Suspense fallback={waiting}>
      <Plot
        columns={data.columns}
        rows={data.rows}
        title={table.title ?? `${layer}.${name}`}
        height={PLOT}
        asOf={at}
        numbersId={GRID}
        headAt={head}
      />
      {rows !== null && data.rows.length < rows && (
        <Text size="xs" c="dimmed" mt={6}>
          {words.partialPlot(data.rows.length)}
        </Text>
      )}
    </Suspense>
  );
}
