import {
  Autocomplete,
  Button,
  Group,
  Modal,
  NativeSelect,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { TbArrowsMove } from 'react-icons/tb';
import { api, read } from '../api/client.ts';
import { fieldMessage } from '../api/problem-error.ts';
import { layersQuery } from '../api/queries.ts';
import { Notice } from '../parts/notice.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words as parts } from '../words/parts.ts';
import { words } from '../words/source.ts';
import type { Stream } from './source-data.ts';
import { changesOf, formOf, type StreamForm } from './stream-edit.ts';
import { tableName } from './stream-list.ts';

const FIELDS = ['layer', 'folder', 'table', 'note', 'selected'] as const;

/** Changes where a stream's table stands, its note, and whether runs write it. */
export function EditStreamDialog({
  sourceId,
  stream,
  onClose,
}: {
  readonly sourceId: string;
  readonly stream: Stream;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const [form, setForm] = useState(() => formOf(stream));
  const layers = useQuery(layersQuery).data?.items ?? [];
  const save = useMutation({
    mutationFn: () =>
      read(
        api.sources[':id'].streams[':name'].$patch({
          param: { id: sourceId, name: stream.name },
          json: changesOf(stream, form),
        }),
      ),
    onSuccess: () => {
      for (const noun of ['sources', 'tables', 'layers']) {
        void client.invalidateQueries({ queryKey: [noun] });
      }
      notifications.show({ message: words.saved(stream.name), color: 'teal' });
      onClose();
    },
  });
  const set = (change: Partial<StreamForm>) => setForm((before) => ({ ...before, ...change }));
  const changes = changesOf(stream, form);
  const moved = tableName({ layer: form.layer, table: form.table.trim() });
  const isAtField = FIELDS.some((field) => fieldMessage(save.error, field) !== undefined);
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.editStream(stream.name)}
      centered
      closeButtonProps={{ 'aria-label': parts.close }}
    >
      <form onSubmit={submit}>
        <Stack>
          <NativeSelect
            label={words.layer}
            value={form.layer}
            onChange={(event) => set({ layer: event.currentTarget.value })}
            data={
              layers.length === 0
                ? [form.layer]
                : layers.map(({ name, title }) => ({ value: name, label: title }))
            }
            error={fieldMessage(save.error, 'layer')}
          />
          <Autocomplete
            label={words.folderLabel}
            description={words.folderHelp}
            value={form.folder}
            onChange={(folder) => set({ folder })}
            data={layers.find(({ name }) => name === form.layer)?.folders ?? []}
            error={fieldMessage(save.error, 'folder')}
          />
          <TextInput
            label={words.tableName}
            required
            data-autofocus
            value={form.table}
            onChange={(event) => set({ table: event.currentTarget.value })}
            error={fieldMessage(save.error, 'table')}
          />
          {moved !== tableName(stream) && (
            <Notice tone="warn" icon={TbArrowsMove}>
              <Text size="sm">{words.moves(tableName(stream), moved)}</Text>
            </Notice>
          )}
          <Textarea
            label={words.note}
            description={words.noteHelp}
            autosize
            minRows={2}
            maxRows={8}
            value={form.note}
            onChange={(event) => set({ note: event.currentTarget.value })}
            error={fieldMessage(save.error, 'note')}
          />
          <Switch
            label={words.selected}
            description={words.selectedHelp}
            checked={form.selected}
            onChange={(event) => set({ selected: event.currentTarget.checked })}
          />
          {save.error !== null && <ProblemAlert error={save.error} hideIssues={isAtField} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {parts.cancel}
            </Button>
            <Button
              type="submit"
              loading={save.isPending}
              disabled={Object.keys(changes).length === 0}
            >
              {words.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
