import { Button, Group, Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { TbEye } from 'react-icons/tb';
import { sourceQuery } from '../api/queries.ts';
import { Notice } from '../parts/notice.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { useMayEdit } from '../sources/may-edit.ts';
import { words } from '../words/source.ts';
import { CredentialsPanel } from './credentials-panel.tsx';
import { GeneralPanel } from './general-panel.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { NO_KEYS, typedKeys } from './new-keys.ts';
import { useSourceDialogs } from './source-dialogs.tsx';
import { useChangeSource } from './use-change-source.ts';
import { useSettingsForm } from './use-settings-form.ts';

const route = getRouteApi('/app/sources/$id');

/** What can be set of a source: how it is called, when it runs, its keys; and its copy and its end. */
export function SettingsTab() {
  const { id } = route.useParams();
  const source = useSuspenseQuery(sourceQuery(id)).data;
  const mayEdit = useMayEdit();
  const settings = useSettingsForm(source);
  const [keys, setKeys] = useState(NO_KEYS);
  const change = useChangeSource(id);
  const { dialogs, nodes } = useSourceDialogs(source);
  if (!mayEdit) {
    return (
      <Notice tone="quiet" icon={TbEye}>
        <Text size="sm">{words.viewerOnly}</Text>
      </Notice>
    );
  }
  return (
    <Stack gap="md">
      <LeaveGuard changes={{ ...settings.changes, ...typedKeys(keys) }} />
      <GeneralPanel source={source} settings={settings} />
      <CredentialsPanel source={source} keys={keys} onChange={setKeys} />
      <Panel title={source.paused ? words.resume : words.pausing}>
        <Stack gap="sm">
          <Act
            help={source.paused ? words.resumeHelp : words.pauseHelp}
            button={
              <Button
                variant="default"
                loading={change.isPending}
                onClick={() => change.mutate({ changes: { paused: !source.paused } })}
              >
                {source.paused ? words.resume : words.pause}
              </Button>
            }
          />
          {change.error !== null && <ProblemAlert error={change.error} />}
        </Stack>
      </Panel>
      <Panel title={words.duplicateTitle}>
        <Act
          help={words.duplicateHelp}
          button={
            <Button variant="default" onClick={dialogs.duplicate}>
              {words.duplicate}
            </Button>
          }
        />
      </Panel>
      <Panel title={words.danger}>
        <Act
          help={words.dangerHelp}
          button={
            <Button color="red" variant="light" onClick={dialogs.remove}>
              {words.remove}
            </Button>
          }
        />
      </Panel>
      {nodes}
    </Stack>
  );
}

/** An act with what it does. */
function Act({ help, button }: { readonly help: string; readonly button: ReactNode }) {
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" c="dimmed" style={{ flex: '1 1 260px' }}>
        {help}
      </Text>
      {button}
    </Group>
  );
}
