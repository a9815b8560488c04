import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, read } from '../api/client.ts';
import { layersQuery } from '../api/queries.ts';
import { words } from '../words/settings.ts';
import { Dialog } from './dialog.tsx';
import { DialogForm } from './dialog-form.tsx';
import { layerNameProblem } from './layer-name.ts';
import { LayerNameField } from './layer-name-field.tsx';
import { sayDone } from './say-done.ts';

export function AddLayerDialog({
  opened,
  names,
  onClose,
}: {
  readonly opened: boolean;
  /** Of the layers that there are. */
  readonly names: readonly string[];
  readonly onClose: () => void;
}) {
  return (
    <Dialog opened={opened} title={words.addLayer} onClose={onClose}>
      <AddLayerForm names={names} onClose={onClose} />
    </Dialog>
  );
}

function AddLayerForm({
  names,
  onClose,
}: {
  readonly names: readonly string[];
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const problem = layerNameProblem(name, names);
  const add = useMutation({
    mutationFn: () => read(api.layers.$post({ json: { name } })),
    onSuccess: (layers) => {
      client.setQueryData(layersQuery.queryKey, layers);
      sayDone(words.layerAdded(name));
      onClose();
    },
  });
  return (
    <DialogForm
      action={words.addLayer}
      isBusy={add.isPending}
      isDisabled={problem !== null}
      error={add.error}
      onSubmit={add.mutate}
      onCancel={onClose}
    >
      <LayerNameField value={name} onChange={setName} problem={problem} />
    </DialogForm>
  );
}
