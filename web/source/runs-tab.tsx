import { Button, NativeSelect, Skeleton, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { TbHistory } from 'react-icons/tb';
import { sourceQuery } from '../api/queries.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { isActive } from '../run/run-types.ts';
import { readFilter, STATUS_CHOICES } from '../sources/source-listing.ts';
import { words as parts } from '../words/parts.ts';
import { words as shell } from '../words/shell.ts';
import { words } from '../words/source.ts';
import { RunsCards, RunsTable } from './runs-list.tsx';
import classes from './source.module.css';
import { sourceRunsQuery } from './source-data.ts';

const route = getRouteApi('/app/sources/$id');
const here = getRouteApi('/app/sources/$id/runs');

const BUSY_MS = 5_000;

/** The runs of a source, newest first. */
export function RunsTab() {
  const { id } = route.useParams();
  const { status } = readFilter(here.useSearch());
  const navigate = here.useNavigate();
  const source = useSuspenseQuery(sourceQuery(id)).data;
  const isBusy = source.last_run !== null && isActive(source.last_run.status);
  const runs = useInfiniteQuery({
    ...sourceRunsQuery(id, status),
    refetchInterval: isBusy ? BUSY_MS : false,
  });
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const items = runs.data?.pages.flatMap((page) => page.items) ?? [];
  const List = isNarrow ? RunsCards : RunsTable;
  function narrow(value: string) {
    void navigate({ search: value === '' ? {} : { status: value }, replace: true });
  }
  return (
    <Stack gap="md">
      {runs.error !== null && (
        <ProblemAlert error={runs.error} onRetry={() => void runs.refetch()} />
      )}
      <Panel
        title={words.runs}
        flush
        actions={
          <NativeSelect
            size="xs"
            aria-label={words.runStatus}
            value={status ?? ''}
            onChange={(event) => narrow(event.currentTarget.value)}
            data={[
              { value: '', label: words.anyStatus },
              ...STATUS_CHOICES.map((value) => ({ value, label: parts.statuses[value] })),
            ]}
          />
        }
      >
        {runs.isPending ? (
          <Stack p="md" role="status" aria-label={shell.loading}>
            <Skeleton height={24} />
            <Skeleton height={24} />
            <Skeleton height={24} />
          </Stack>
        ) : items.length > 0 ? (
          <List runs={items} />
        ) : status === null ? (
          <EmptyState icon={TbHistory} title={words.noRuns}>
            {words.noRunsHelp}
          </EmptyState>
        ) : (
          <div className={classes.tools}>
            <Text size="sm" c="dimmed">
              {words.noRunMatch}
            </Text>
            <Button size="compact-sm" variant="default" onClick={() => narrow('')}>
              {words.showAll}
            </Button>
          </div>
        )}
      </Panel>
      {runs.hasNextPage && (
        <Button
          variant="default"
          mx="auto"
          loading={runs.isFetchingNextPage}
          onClick={() => void runs.fetchNextPage()}
        >
          {words.showMore}
        </Button>
      )}
    </Stack>
  );
}
