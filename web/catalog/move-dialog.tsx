import {
  Autocomplete,
  Button,
  Group,
  Modal,
  NativeSelect,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, read } from '../api/client.ts';
import { fieldMessage } from '../api/problem-error.ts';
import { layersQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/catalog.ts';
import type { TableDetail } from './table-types.ts';

/** Gives a table another name, layer or folder. */
export function MoveDialog({
  table,
  onClose,
}: {
  readonly table: TableDetail;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const layers = useQuery(layersQuery);
  const [layer, setLayer] = useState(table.layer);
  const [folder, setFolder] = useState(table.folder ?? '');
  const [name, setName] = useState(table.name);
  const move = useMutation({
    mutationFn: () =>
      read(
        api.tables[':layer'][':name'].$patch({
          param: { layer: table.layer, name: table.name },
          json: { layer, name: name.trim(), folder: folder.trim() === '' ? null : folder.trim() },
        }),
      ),
    onSuccess: async (moved) => {
      onClose();
      notifications.show({ message: words.moved(`${moved.layer}.${moved.name}`), color: 'teal' });
      const params = { layer: moved.layer, name: moved.name };
      await navigate({ to: '/catalog/$layer/$name', params });
      await Promise.all(
        ['tables', 'layers', 'sources'].map((noun) =>
          client.invalidateQueries({ queryKey: [noun] }),
        ),
      );
    },
  });
  const known = layers.data?.items ?? [];
  const folders = known.find((item) => item.name === layer)?.folders ?? [];
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.moveTitle}
      centered
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          move.mutate();
        }}
      >
        <Stack>
          <Text size="sm">{words.moveHelp}</Text>
          <NativeSelect
            label={words.layer}
            value={layer}
            onChange={(event) => setLayer(event.currentTarget.value)}
            error={fieldMessage(move.error, 'layer')}
            data={
              known.length === 0
                ? [{ value: layer, label: layer }]
                : known.map((item) => ({ value: item.name, label: item.title }))
            }
          />
          <Autocomplete
            label={words.folder}
            description={words.folderHelp}
            value={folder}
            onChange={setFolder}
            data={[...folders]}
            error={fieldMessage(move.error, 'folder')}
          />
          <TextInput
            label={words.name}
            description={words.nameHelp}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onFocus={(event) => event.currentTarget.select()}
            error={fieldMessage(move.error, 'name')}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
          {move.isError && <ProblemAlert error={move.error} hideIssues />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {words.cancel}
            </Button>
            <Button type="submit" loading={move.isPending}>
              {words.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
