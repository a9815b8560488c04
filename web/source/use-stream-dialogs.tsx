import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api, read } from '../api/client.ts';
import { Confirm } from '../parts/confirm.tsx';
import { words } from '../words/source.ts';
import { EditStreamDialog } from './edit-stream-dialog.tsx';
import type { SourceDetail, Stream } from './source-data.ts';
import { tableName } from './stream-list.ts';
import type { StreamActions } from './stream-menu.tsx';

/** The dialogs that change a stream and take one out, and what opens them. */
export function useStreamDialogs({ id }: Pick<SourceDetail, 'id'>) {
  const client = useQueryClient();
  const [editing, edit] = useState<Stream | null>(null);
  const [removing, setRemoving] = useState<Stream | null>(null);
  const [isRemoveOpen, openRemove] = useState(false);
  const actions = useMemo(
    (): StreamActions => ({
      edit,
      remove: (stream) => {
        setRemoving(stream);
        openRemove(true);
      },
    }),
    [],
  );
  async function remove(stream: Stream) {
    await read(api.sources[':id'].streams[':name'].$delete({ param: { id, name: stream.name } }));
    notifications.show({ message: words.removed(stream.name), color: 'teal' });
    for (const noun of ['sources', 'tables']) {
      void client.invalidateQueries({ queryKey: [noun] });
    }
  }
  const nodes = (
    <>
      {editing !== null && (
        <EditStreamDialog
          key={editing.name}
          sourceId={id}
          stream={editing}
          onClose={() => edit(null)}
        />
      )}
      {removing !== null && (
        <Confirm
          opened={isRemoveOpen}
          title={words.removeChartTitle(removing.name)}
          action={words.removeChart}
          onConfirm={() => remove(removing)}
          onClose={() => openRemove(false)}
        >
          <Text size="sm">{words.removeChartHelp(tableName(removing))}</Text>
        </Confirm>
      )}
    </>
  );
  return { actions, nodes };
}
