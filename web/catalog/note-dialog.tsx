import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, read } from '../api/client.ts';
import { fieldMessage } from '../api/problem-error.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/catalog.ts';
import type { TableDetail } from './table-types.ts';

/** Changes what is said of a table under its title. The note is the stream's, which the table comes from. */
export function NoteDialog({
  owner,
  onClose,
}: {
  readonly owner: NonNullable<TableDetail['owner']>;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const [note, setNote] = useState(owner.note);
  const save = useMutation({
    mutationFn: () =>
      read(
        api.sources[':id'].streams[':name'].$patch({
          param: { id: owner.source_id, name: owner.stream },
          json: { note: note.trim() },
        }),
      ),
    onSuccess: async () => {
      await Promise.all(
        ['tables', 'sources'].map((noun) => client.invalidateQueries({ queryKey: [noun] })),
      );
      onClose();
      notifications.show({ message: words.noteSaved, color: 'teal' });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  const atField = fieldMessage(save.error, 'note');
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.noteTitle}
      centered
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Textarea
            label={words.note}
            description={words.noteHelp}
            autosize
            minRows={3}
            maxRows={10}
            data-autofocus
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            error={atField}
          />
          {save.isError && <ProblemAlert error={save.error} hideIssues={atField !== undefined} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {words.cancel}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={note.trim() === owner.note}>
              {words.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
