import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { validationQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/add-source.ts';
import { changeDraft, useDraft } from './draft.ts';
import { allOf, pickableOf } from './streams/pickable.ts';
import { StreamPicker } from './streams/stream-picker.tsx';
import { pathOf } from './wizard/steps.ts';
import { WizardFooter } from './wizard/wizard-footer.tsx';

/** Step 3: which streams. */
export function StreamsStep() {
  const draft = useDraft();
  const navigate = useNavigate();
  const found = useQuery(validationQuery(draft.validationId ?? ''));
  const { error, refetch } = found;
  const data = found.data?.status === 'running' ? undefined : found.data;
  const streams = useMemo(() => (data === undefined ? [] : pickableOf(data)), [data]);
  const selected = draft.selected ?? allOf(streams);
  function goOn() {
    changeDraft({ selected });
    void navigate({ to: pathOf('tables') });
  }
  return (
    <Stack gap="md">
      <div>
        <Title order={2}>{words.steps.streams}</Title>
        <Text c="dimmed">{words.streams.lead}</Text>
      </div>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        <Skeleton height={320} />
      ) : (
        <StreamPicker
          streams={streams}
          selected={selected}
          onChange={(next) => changeDraft({ selected: next })}
        />
      )}
      <WizardFooter
        back="access"
        blocked={data !== undefined && selected.length === 0 ? words.streams.choose : null}
        isBusy={data === undefined && error === null}
        onNext={goOn}
      />
    </Stack>
  );
}
