import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { validationQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/tables.ts';
import { changeDraft, useDraft } from './draft.ts';
import { chosenStreams } from './tables/chosen-streams.ts';
import { useRefusedTables } from './tables/refused-state.ts';
import { whyBlocked } from './tables/table-plan.ts';
import { TablesForm, TablesSkeleton } from './tables/tables-form.tsx';
import { useTablePlan } from './tables/use-table-plan.ts';
import { pathOf } from './wizard/steps.ts';
import { WizardFooter } from './wizard/wizard-footer.tsx';

/** Step 4, "Configure data streams": layer, folder, name and sync type of every table. */
export function TablesStep() {
  const draft = useDraft();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(validationQuery(draft.validationId ?? ''));
  const streams = useMemo(
    () => (data === undefined ? [] : chosenStreams(data, draft.selected)),
    [data, draft.selected],
  );
  const planned = useTablePlan(draft, streams, useRefusedTables());
  const isLoading = data === undefined || planned.plan === null;
  return (
    <Stack gap="md">
      <div>
        <Title order={2}>{words.title}</Title>
        <Text c="dimmed" maw={760}>
          {words.lead}
        </Text>
      </div>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        <TablesSkeleton />
      ) : (
        <TablesForm value={draft} onChange={changeDraft} planned={planned} />
      )}
      <WizardFooter
        back="streams"
        blocked={planned.plan === null ? null : whyBlocked(planned.plan)}
        isBusy={isLoading && error === null && planned.error === null}
        onNext={() => !isLoading && void navigate({ to: pathOf('finish') })}
      />
    </Stack>
  );
}
