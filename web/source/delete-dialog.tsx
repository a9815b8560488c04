import { Radio, ScrollArea, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { TbLink } from 'react-icons/tb';
import { api, read } from '../api/client.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Notice } from '../parts/notice.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words as shell } from '../words/shell.ts';
import { words } from '../words/source.ts';
import { RemovedTables } from './removed-tables.tsx';
import classes from './source.module.css';

/** Deletes a source, after it has said what goes and asked about the tables. */
export function DeleteDialog({
  source,
  opened,
  onClose,
}: {
  readonly source: { readonly id: string; readonly name: string };
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [drops, setDrops] = useState(false);
  const removal = useQuery({
    queryKey: ['sources', 'removal', source.id],
    queryFn: () =>
      read(
        api.sources[':id'].$delete({
          param: { id: source.id },
          query: { dry_run: 'true', tables: 'drop' },
        }),
      ),
    enabled: opened,
    staleTime: 0,
    gcTime: 0,
  });
  const tables = removal.data?.tables ?? [];
  async function remove() {
    await read(
      api.sources[':id'].$delete({
        param: { id: source.id },
        query: { tables: drops ? 'drop' : 'keep' },
      }),
    );
    notifications.show({
      message:
        drops && tables.length > 0
          ? words.deletedWithTables(source.name, tables.length)
          : words.deleted(source.name),
      color: 'teal',
    });
    // What was typed into the settings goes with the source.
    await navigate({ to: '/sources', ignoreBlocker: true });
    client.removeQueries({ queryKey: ['sources', 'one', source.id] });
    for (const noun of ['sources', 'runs', 'tables', 'layers']) {
      void client.invalidateQueries({ queryKey: [noun] });
    }
  }
  const followers = removal.data?.followers ?? [];
  return (
    <Confirm
      opened={opened}
      title={words.deleteTitle(source.name)}
      action={words.deleteAction}
      {...(drops ? { typed: source.name } : {})}
      onConfirm={remove}
      onClose={onClose}
    >
      <Text size="sm">{words.deleteGoes}</Text>
      {removal.isPending && <Skeleton height={90} role="status" aria-label={shell.loading} />}
      {removal.error !== null && (
        <ProblemAlert error={removal.error} onRetry={() => void removal.refetch()} />
      )}
      {followers.length > 0 && (
        <Notice tone="warn" icon={TbLink}>
          <Text size="sm">{words.followers(followers.join(', '))}</Text>
        </Notice>
      )}
      {tables.length > 0 && (
        <Stack gap="xs">
          <Radio.Group
            label={words.deleteTables}
            value={drops ? 'drop' : 'keep'}
            onChange={(value) => setDrops(value === 'drop')}
          >
            <Stack gap="xs" mt={6}>
              <Radio value="keep" label={words.keepTables(tables.length)} />
              <Radio value="drop" label={words.dropTables(tables.length)} />
            </Stack>
          </Radio.Group>
          <ScrollArea.Autosize
            mah={180}
            type="auto"
            viewportProps={{ tabIndex: 0 }}
            className={classes.removedFrame}
          >
            <RemovedTables tables={tables} isDropped={drops} />
          </ScrollArea.Autosize>
        </Stack>
      )}
    </Confirm>
  );
}
