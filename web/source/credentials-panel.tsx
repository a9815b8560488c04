import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, read } from '../api/client.ts';
import { fieldMessage } from '../api/problem-error.ts';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words as parts } from '../words/parts.ts';
import { words } from '../words/source.ts';
import { KeyCheck } from './key-check.tsx';
import { type NewKeys, NO_KEYS, typedKeys } from './new-keys.ts';
import type { SourceDetail } from './source-data.ts';

/** Changes the keys of a source, once they have been checked; they are never shown again. */
export function CredentialsPanel({
  source,
  keys,
  onChange,
}: {
  readonly source: SourceDetail;
  readonly keys: NewKeys;
  readonly onChange: (keys: NewKeys) => void;
}) {
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const typed = typedKeys(keys);
  const check = useMutation({
    mutationFn: () =>
      read(
        api.sources[':id'].validations.$post({
          param: { id: source.id },
          json: { config: typed },
        }),
      ),
  });
  function close() {
    setOpen(false);
    onChange(NO_KEYS);
    check.reset();
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    check.mutate();
  }
  return (
    <Panel title={words.credentials}>
      <Stack maw={620}>
        <Text size="sm" c="dimmed">
          {words.credentialsHelp}
        </Text>
        {!isOpen ? (
          <div>
            <Button variant="default" onClick={() => setOpen(true)}>
              {words.change}
            </Button>
          </div>
        ) : (
          <form onSubmit={submit}>
            <Stack>
              <PasswordInput
                label={words.apiKey}
                description={words.apiKeyHelp}
                required
                autoComplete="off"
                data-1p-ignore
                value={keys.api_key}
                onChange={(event) => onChange({ ...keys, api_key: event.currentTarget.value })}
                error={fieldMessage(check.error, 'config', 'api_key')}
              />
              <PasswordInput
                label={words.secretKey}
                description={words.secretKeyHelp}
                required
                autoComplete="off"
                data-1p-ignore
                value={keys.secret_key}
                onChange={(event) => onChange({ ...keys, secret_key: event.currentTarget.value })}
                error={fieldMessage(check.error, 'config', 'secret_key')}
              />
              {check.error !== null && <ProblemAlert error={check.error} />}
              {check.data !== undefined && (
                <KeyCheck
                  key={check.data.id}
                  sourceId={source.id}
                  validationId={check.data.id}
                  charts={source.streams.filter(({ name }) => name.startsWith('chart_')).length}
                  onDone={async () => {
                    close();
                    notifications.show({ message: words.keysChanged, color: 'teal' });
                    await client.invalidateQueries({ queryKey: ['sources'] });
                  }}
                />
              )}
              <Group gap="xs">
                <Button
                  type="submit"
                  loading={check.isPending}
                  disabled={typed.api_key === undefined || typed.secret_key === undefined}
                >
                  {words.check}
                </Button>
                <Button variant="default" onClick={close}>
                  {parts.cancel}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Stack>
    </Panel>
  );
}
