import { Button, Stack, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { TbPlugConnected, TbPlus, TbSearchOff } from 'react-icons/tb';
import { connectorsQuery } from '../api/queries.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Page } from '../parts/page.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/sources.ts';
import { useMayEdit } from './may-edit.ts';
import { SourceCards } from './source-cards.tsx';
import { SourceFilters } from './source-filters.tsx';
import { isBusy, readFilter, type SourceFilter, sourcesQuery } from './source-listing.ts';
import { SourceTable } from './source-table.tsx';
import { SourcesSkeleton } from './sources-skeleton.tsx';

const route = getRouteApi('/app/sources');

/** Runs that are followed event by event at the same time: a browser has six connections to a service. */
const FOLLOWED = 3;

/** All sources: what came of their last runs, when they run next, and the arrow that runs them now. */
export function SourcesScreen() {
  const filter = readFilter(route.useSearch());
  const navigate = route.useNavigate();
  const mayEdit = useMayEdit();
  const isNarrow = useMediaQuery('(max-width: 75em)', false, { getInitialValueInEffect: false });
  const [said, say] = useState('');
  const sources = useInfiniteQuery(sourcesQuery(filter));
  const connectors = useQuery(connectorsQuery);
  const items = sources.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = filter.text !== '' || filter.status !== null;
  const isEmpty = sources.isSuccess && items.length === 0;
  const followed = new Set(items.filter(isBusy).slice(0, FOLLOWED));
  const rows = items.map((source) => ({ source, isFollowed: followed.has(source), onSay: say }));
  const titleOf = (name: string) =>
    connectors.data?.items.find((connector) => connector.name === name)?.title ?? name;
  function narrow({ text, status }: SourceFilter) {
    const search = {
      ...(text === '' ? {} : { text }),
      ...(status === null ? {} : { status }),
    };
    void navigate({ search, replace: true });
  }
  const add = (
    <Button
      // Beside the one in the middle of an empty page it is not the main one.
      variant={isEmpty && !isFiltered ? 'default' : 'filled'}
      leftSection={<TbPlus size={16} aria-hidden />}
      renderRoot={(props) => <Link to="/sources/add" {...props} />}
    >
      {words.add}
    </Button>
  );
  return (
    <Page title={words.title} lead={words.lead} actions={mayEdit && add}>
      <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>
      {(!isEmpty || isFiltered) && (
        <SourceFilters
          filter={filter}
          onChange={narrow}
          found={sources.data ? words.found(items.length, sources.hasNextPage) : ''}
        />
      )}
      <Stack gap="md">
        {sources.error !== null && (
          <ProblemAlert error={sources.error} onRetry={() => void sources.refetch()} />
        )}
        {sources.isPending && (
          <Panel flush>
            <SourcesSkeleton />
          </Panel>
        )}
        {isEmpty && (
          <Panel>
            {isFiltered ? (
              <EmptyState
                icon={TbSearchOff}
                title={words.noMatch}
                action={
                  <Button variant="default" onClick={() => narrow({ text: '', status: null })}>
                    {words.clear}
                  </Button>
                }
              >
                {words.noMatchHelp}
              </EmptyState>
            ) : (
              <EmptyState
                icon={TbPlugConnected}
                title={words.none}
                action={
                  mayEdit && (
                    <Button renderRoot={(props) => <Link to="/sources/add" {...props} />}>
                      {words.addFirst}
                    </Button>
                  )
                }
              >
                {mayEdit ? words.noneHelp : words.noneHelpViewer}
              </EmptyState>
            )}
          </Panel>
        )}
        {items.length > 0 && (
          <div aria-busy={sources.isPlaceholderData}>
            {isNarrow ? (
              <SourceCards rows={rows} connector={titleOf} />
            ) : (
              <Panel flush>
                <SourceTable rows={rows} connector={titleOf} />
              </Panel>
            )}
          </div>
        )}
        {sources.hasNextPage && (
          <Button
            variant="default"
            mx="auto"
            loading={sources.isFetchingNextPage}
            onClick={() => void sources.fetchNextPage()}
          >
            {words.more}
          </Button>
        )}
      </Stack>
    </Page>
  );
}
