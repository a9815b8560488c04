import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { runQuery } from '../api/queries.ts';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/run.ts';
import { words as shell } from '../words/shell.ts';
import { RunReport } from './run-report.tsx';
import { isActive } from './run-types.ts';

const route = getRouteApi('/app/runs/$id');

/** How often an active run is read again, in ms, in case its events do not get through. */
const FALLBACK_MS = 10_000;

/** One run: what goes on in it, or what came of it. */
export function RunScreen() {
  const { id } = route.useParams();
  const run = useQuery({
    ...runQuery(id),
    refetchInterval: ({ state }) =>
      state.data !== undefined && isActive(state.data.status) ? FALLBACK_MS : false,
  });
  if (run.data !== undefined) return <RunReport key={id} run={run.data} />;
  return (
    <Page title={words.untitled}>
      {run.error !== null ? (
        <ProblemAlert error={run.error} onRetry={() => void run.refetch()} />
      ) : (
        <Stack gap="md" role="status" aria-label={shell.loading}>
          <Skeleton height={40} />
          <Skeleton height={140} />
          <Skeleton height={320} />
        </Stack>
      )}
    </Page>
  );
}
