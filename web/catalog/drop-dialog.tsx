import { Skeleton, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, read } from '../api/client.ts';
import { Confirm } from '../parts/confirm.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/catalog.ts';
import type { TableDetail } from './table-types.ts';

/** Asks before a table goes, and says what goes with it. */
export function DropDialog({
  table: { layer, name, owner },
  onClose,
}: {
  readonly table: TableDetail;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const id = `${layer}.${name}`;
  const one = api.tables[':layer'][':name'];
  const removal = useQuery({
    queryKey: ['tables', 'removal', layer, name],
    queryFn: ({ signal }) =>
      read(one.removal.$get({ param: { layer, name } }, { init: { signal } })),
    gcTime: 0,
    staleTime: 0,
  });
  async function drop() {
    // The table may have changed while the question stood there: then it is asked again.
    const confirm = removal.data?.confirm;
    if (confirm === undefined) return;
    try {
      await read(one.$delete({ param: { layer, name }, query: { confirm } }));
    } catch (error) {
      void removal.refetch();
      throw error;
    }
    notifications.show({ message: words.dropped(id), color: 'teal' });
    await navigate({ to: '/catalog' });
    client.removeQueries({ queryKey: ['tables', 'one', layer, name] });
    await Promise.all(
      ['tables', 'layers', 'sources'].map((noun) => client.invalidateQueries({ queryKey: [noun] })),
    );
  }
  return (
    <Confirm
      opened
      title={words.dropTitle(name)}
      action={words.dropAction}
      typed={name}
      onConfirm={drop}
      onClose={onClose}
    >
      {removal.isPending ? (
        <Skeleton height={40} />
      ) : removal.isError ? (
        <ProblemAlert error={removal.error} onRetry={() => removal.refetch()} />
      ) : (
        <Text size="sm">
          {words.dropWhat(
            id,
            words.nRows(removal.data.table.rows),
            words.nVersions(removal.data.versions),
          )}
        </Text>
      )}
      {owner !== null && <Text size="sm">{words.dropRefill(owner.source)}</Text>}
    </Confirm>
  );
}
