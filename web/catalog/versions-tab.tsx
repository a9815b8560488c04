import { Anchor, Badge, Button, Skeleton, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { TbEye } from 'react-icons/tb';
import { Moment } from '../parts/moment.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Count } from '../parts/quantities.tsx';
import { words } from '../words/catalog.ts';
import classes from './catalog.module.css';
import { versionsQuery } from './table-queries.ts';
import type { TableDetail, TableVersion } from './table-types.ts';

const FIGURES = [words.rows, words.added, words.removed, words.changedRows];

/** What a table was, version by version. */
export function VersionsTab({
  table,
  shown,
  onLook,
}: {
  readonly table: TableDetail;
  readonly shown: number | null;
  readonly onLook: (version: number | null) => void;
}) {
  const versions = useQuery(versionsQuery(table.layer, table.name));
  if (versions.isPending) return <Skeleton height={220} radius="lg" />;
  if (versions.isError) {
    return <ProblemAlert error={versions.error} onRetry={() => versions.refetch()} />;
  }
  return (
    <Panel flush>
      <Table.ScrollContainer
        minWidth={700}
        type="native"
        tabIndex={0}
        role="region"
        aria-label={words.tabs.versions}
      >
        <Table className={classes.table} horizontalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{words.version}</Table.Th>
              <Table.Th scope="col">{words.when}</Table.Th>
              {FIGURES.map((name) => (
                <Table.Th key={name} scope="col" ta="right">
                  {name}
                </Table.Th>
              ))}
              <Table.Th scope="col">{words.run}</Table.Th>
              <Table.Th scope="col" ta="right">
                {words.shown}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {versions.data.items.map((version) => (
              <VersionRow
                key={version.version}
                item={version}
                isLatest={version.version === table.version}
                isShown={version.version === shown}
                onLook={() => onLook(version.version === table.version ? null : version.version)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

function VersionRow({
  item,
  isLatest,
  isShown,
  onLook,
}: {
  readonly item: TableVersion;
  readonly isLatest: boolean;
  readonly isShown: boolean;
  readonly onLook: () => void;
}) {
  const { version, committed_at: at, rows, change, run_id: runId, readable } = item;
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes.line}>
        <Count n={version} />
        {isLatest && (
          <Badge ml={8} size="sm" variant="light" miw="max-content">
            {words.current}
          </Badge>
        )}
      </Table.Th>
      <Table.Td className={classes.line}>{at !== null && <Moment at={at} />}</Table.Td>
      <Table.Td ta="right">{rows !== null && <Count n={rows} />}</Table.Td>
      {[change?.added, change?.removed, change?.changed].map((n, place) => (
        <Table.Td key={FIGURES[place + 1]} ta="right">
          {n !== undefined && <Count n={n} />}
        </Table.Td>
      ))}
      <Table.Td className={classes.line}>
        {runId !== null && (
          <Anchor
            size="sm"
            renderRoot={(props) => <Link to="/runs/$id" params={{ id: runId }} {...props} />}
          >
            {words.openRun}
          </Anchor>
        )}
      </Table.Td>
      <Table.Td ta="right" className={classes.line}>
        {isShown ? (
          <Text size="sm" c="dimmed">
            <TbEye size={15} strokeWidth={1.7} aria-hidden className={classes.sign} /> {words.shown}
          </Text>
        ) : readable ? (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={words.lookAtVersion(version)}
            onClick={onLook}
          >
            {words.lookAt}
          </Button>
        ) : (
          words.gone
        )}
      </Table.Td>
    </Table.Tr>
  );
}
