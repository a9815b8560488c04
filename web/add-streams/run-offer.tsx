import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { api, read } from '../api/client.ts';
import { sayProblem } from '../parts/problem-alert.tsx';
import { words } from '../words/add-streams.ts';

/** Says what was added, and offers to run the source at once. */
export function offerRun(
  source: { readonly id: string; readonly name: string },
  added: number,
  onRun: (runId: string) => void,
): void {
  const id = notifications.show({
    title: words.added(added, source.name),
    message: (
      <RunOffer
        sourceId={source.id}
        onRun={(runId) => {
          notifications.hide(id);
          onRun(runId);
        }}
      />
    ),
    color: 'teal',
    // It asks something: it stays until it is answered.
    autoClose: false,
    closeButtonProps: { 'aria-label': words.close },
  });
}

function RunOffer({
  sourceId,
  onRun,
}: {
  readonly sourceId: string;
  readonly onRun: (runId: string) => void;
}) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function start() {
    setBusy(true);
    try {
      const run = await read(
        api.sources[':id'].runs.$post(
          { param: { id: sourceId } },
          { headers: { 'Idempotency-Key': crypto.randomUUID() } },
        ),
      );
      onRun(run.id);
    } catch (error) {
      setProblem(sayProblem(error).title);
      setBusy(false);
    }
  }
  return (
    <>
      <Text size="sm">{problem ?? words.addedHelp}</Text>
      <Group mt="xs">
        <Button size="compact-sm" variant="light" loading={isBusy} onClick={() => void start()}>
          {words.runNow}
        </Button>
      </Group>
    </>
  );
}
