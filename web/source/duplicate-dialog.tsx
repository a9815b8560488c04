import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, read } from '../api/client.ts';
import { fieldMessage } from '../api/problem-error.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words as parts } from '../words/parts.ts';
import { words } from '../words/source.ts';

/** Copies a source, with tables of its own. */
export function DuplicateDialog({
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
  const [name, setName] = useState(words.copyOf(source.name));
  const [prefix, setPrefix] = useState('copy_');
  const copy = useMutation({
    mutationFn: () =>
      read(
        api.sources[':id'].duplicate.$post(
          { param: { id: source.id }, json: { name, prefix } },
          { headers: { 'Idempotency-Key': crypto.randomUUID() } },
        ),
      ),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['sources'] });
      onClose();
      notifications.show({ message: words.duplicated(made.name), color: 'teal' });
      await navigate({ to: '/sources/$id', params: { id: made.id } });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    copy.mutate();
  }
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words.duplicateTitle}
      centered
      closeButtonProps={{ 'aria-label': parts.close }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" c="dimmed">
            {words.duplicateHelp}
          </Text>
          <TextInput
            label={words.duplicateName}
            value={name}
            required
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
            error={fieldMessage(copy.error, 'name')}
          />
          <TextInput
            label={words.prefix}
            description={words.prefixHelp(`${prefix}chart_abc123`)}
            value={prefix}
            onChange={(event) => setPrefix(event.currentTarget.value)}
            error={fieldMessage(copy.error, 'prefix')}
          />
          {copy.error !== null && <ProblemAlert error={copy.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {parts.cancel}
            </Button>
            <Button type="submit" loading={copy.isPending}>
              {words.duplicate}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
