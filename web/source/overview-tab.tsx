import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { TbDatabase, TbPlayerPlayFilled } from 'react-icons/tb';
import { sourceQuery } from '../api/queries.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { isActive } from '../run/run-types.ts';
import { useMayEdit } from '../sources/may-edit.ts';
import { useRunNow } from '../sources/use-run-now.ts';
import { words } from '../words/source.ts';
import { FreshnessPanel } from './freshness-panel.tsx';
import { HealthPanel } from './health-panel.tsx';
import classes from './source.module.css';
import { hasSucceededQuery } from './source-data.ts';
import { TimelinePanel } from './timeline-panel.tsx';

const route = getRouteApi('/app/sources/$id');

/** How a source is: its health, its last runs, how fresh its tables are. */
export function OverviewTab() {
  const { id } = route.useParams();
  const source = useSuspenseQuery(sourceQuery(id)).data;
  const hasSucceeded = useQuery(hasSucceededQuery(id));
  const { last_run } = source;
  return (
    <div className={classes.grid}>
      {hasSucceeded.data === false && (
        <div className={classes.whole}>
          <FirstRun id={id} isBusy={last_run !== null && isActive(last_run.status)} />
        </div>
      )}
      <Stack gap="md">
        {last_run !== null && <HealthPanel source={source} />}
        <TimelinePanel id={id} />
      </Stack>
      <FreshnessPanel source={source} />
    </div>
  );
}

/** Before there is anything in the catalog. */
function FirstRun({ id, isBusy }: { readonly id: string; readonly isBusy: boolean }) {
  const mayRun = useMayEdit();
  const run = useRunNow(id);
  return (
    <Panel>
      <EmptyState
        icon={TbDatabase}
        title={words.firstRunTitle}
        action={
          mayRun && (
            <Group justify="center">
              <Button
                variant="light"
                leftSection={<TbPlayerPlayFilled size={14} aria-hidden />}
                loading={run.isPending}
                disabled={isBusy}
                onClick={() => run.mutate()}
              >
                {words.runNow}
              </Button>
            </Group>
          )
        }
      >
        <Text>{words.firstRun}</Text>
        {run.error !== null && <ProblemAlert error={run.error} />}
      </EmptyState>
    </Panel>
  );
}
