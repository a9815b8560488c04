import { List, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, read } from '../api/client.ts';
import { layersQuery } from '../api/queries.ts';
import { words } from '../words/settings.ts';
import { Dialog } from './dialog.tsx';
import { DialogForm } from './dialog-form.tsx';
import { layerNameProblem } from './layer-name.ts';
import { LayerNameField } from './layer-name-field.tsx';
import type { Layer } from './layer-row.tsx';
import { sayDone } from './say-done.ts';
import type { DialogState } from './use-dialog.ts';

/** Renames a layer, after saying what else that changes. */
export function RenameLayerDialog({
  dialog: { opened, subject, close },
  names,
}: {
  readonly dialog: DialogState<Layer>;
  /** Of the layers that there are. */
  readonly names: readonly string[];
}) {
  return (
    <Dialog opened={opened} title={words.renameLayer(subject?.title ?? '')} onClose={close}>
      {subject && <RenameLayerForm layer={subject} names={names} onClose={close} />}
    </Dialog>
  );
}

function RenameLayerForm({
  layer,
  names,
  onClose,
}: {
  readonly layer: Layer;
  readonly names: readonly string[];
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const [name, setName] = useState(layer.name);
  const problem = name === layer.name ? 'same' : layerNameProblem(name, names);
  const rename = useMutation({
    mutationFn: () =>
      read(api.layers[':layer'].$patch({ param: { layer: layer.name }, json: { name } })),
    onSuccess: async (layers) => {
      client.setQueryData(layersQuery.queryKey, layers);
      sayDone(words.layerRenamed(layer.name, name));
      onClose();
      await Promise.all(
        ['tables', 'sources'].map((noun) => client.invalidateQueries({ queryKey: [noun] })),
      );
    },
  });
  return (
    <DialogForm
      action={words.rename}
      isBusy={rename.isPending}
      isDisabled={problem !== null}
      error={rename.error}
      onSubmit={rename.mutate}
      onCancel={onClose}
    >
      <LayerNameField value={name} onChange={setName} problem={problem} />
      <div>
        <Text size="sm" fw={550} mb={4}>
          {words.renameChanges}
        </Text>
        <List size="sm" spacing={4}>
          <List.Item>{sayTables(layer, problem === null ? name : null)}</List.Item>
          <List.Item>{words.renameStreams}</List.Item>
          {layer.tables > 0 && <List.Item>{words.renameQueries}</List.Item>}
        </List>
      </div>
    </DialogForm>
  );
}

/** What happens to the names of its tables; without a new name only that they change. */
function sayTables({ tables, name }: Layer, next: string | null): string {
  if (tables === 0) return words.renameNoTables;
  return next === null ? words.renameTablesSome(tables) : words.renameTables(tables, name, next);
}
