import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { api, read } from '../api/client.ts';
import { layersQuery } from '../api/queries.ts';
import { Confirm } from '../parts/confirm.tsx';
import { words } from '../words/settings.ts';
import type { Layer } from './layer-row.tsx';
import { sayDone } from './say-done.ts';
import type { DialogState } from './use-dialog.ts';

export function RemoveLayerDialog({
  dialog: { opened, subject, close },
}: {
  readonly dialog: DialogState<Layer>;
}) {
  const client = useQueryClient();
  const { name, title } = subject ?? { name: '', title: '' };
  async function remove() {
    const layers = await read(api.layers[':layer'].$delete({ param: { layer: name } }));
    client.setQueryData(layersQuery.queryKey, layers);
    sayDone(words.layerRemoved(name));
  }
  return (
    <Confirm
      opened={opened}
      title={words.removeLayer(title)}
      action={words.remove}
      onConfirm={remove}
      onClose={close}
    >
      <Text size="md">{words.removeLayerHelp(title)}</Text>
    </Confirm>
  );
}
