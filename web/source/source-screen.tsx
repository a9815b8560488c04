import { Anchor, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { connectorsQuery, sourceQuery } from '../api/queries.ts';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { isActive } from '../run/run-types.ts';
import { PausedBadge } from '../sources/next-run.tsx';
import { useSourceRow } from '../sources/use-source-row.tsx';
import { words as shell } from '../words/shell.ts';
import { words } from '../words/source.ts';
import classes from './source.module.css';
import { SourceActions } from './source-actions.tsx';
import type { SourceDetail } from './source-data.ts';
import { useSourceDialogs } from './source-dialogs.tsx';
import { SourceTabs, useSourceTab } from './source-tabs.tsx';
import { TriggerWords } from './trigger-words.tsx';
import { useChangeSource } from './use-change-source.ts';

const route = getRouteApi('/app/sources/$id');

/** How often the source is read again, in ms: while it runs, and otherwise. */
const BUSY_MS = 5_000;
const QUIET_MS = 30_000;

/** What stands around the pages of a source: what it is, how it is, what can be done with it. */
export function SourceScreen() {
  const { id } = route.useParams();
  const source = useQuery({
    ...sourceQuery(id),
    refetchInterval: ({ state }) => {
      if (state.error !== null) return false;
      const run = state.data?.last_run ?? null;
      return run !== null && isActive(run.status) ? BUSY_MS : QUIET_MS;
    },
  });
  if (source.data !== undefined) return <SourceFrame key={id} source={source.data} />;
  return (
    <Page title={words.untitled} above={<Above />}>
      {source.error !== null ? (
        <ProblemAlert error={source.error} onRetry={() => void source.refetch()} />
      ) : (
        <Stack role="status" aria-label={shell.loading}>
          <Skeleton height={20} width={320} />
          <Skeleton height={36} />
          <Skeleton height={280} />
        </Stack>
      )}
    </Page>
  );
}

function SourceFrame({ source }: { readonly source: SourceDetail }) {
  const [said, say] = useState('');
  const { status, isBusy, mayRun, run, error } = useSourceRow({
    source,
    isFollowed: true,
    onSay: say,
  });
  const change = useChangeSource(source.id);
  const { dialogs, nodes } = useSourceDialogs(source);
  const connectors = useQuery(connectorsQuery);
  const connector = connectors.data?.items.find(({ name }) => name === source.connector);
  return (
    <Page
      title={source.name}
      part={useSourceTab()}
      above={<Above />}
      lead={source.description === '' ? undefined : source.description}
      actions={
        mayRun && (
          <SourceActions
            source={source}
            change={change}
            isBusy={isBusy}
            isStarting={run.isPending}
            onRun={() => run.mutate()}
            dialogs={dialogs}
          />
        )
      }
    >
      <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>
      <div className={classes.state}>
        {status}
        <Text size="sm" c="dimmed" component="div" className={classes.about}>
          <span>{connector?.title ?? source.connector}</span>
          <span>
            <TriggerWords source={source} />
          </span>
          {source.paused && <PausedBadge />}
        </Text>
      </div>
      {(error ?? change.error) !== null && (
        <div className={classes.problem}>
          <ProblemAlert error={error ?? change.error} />
        </div>
      )}
      <SourceTabs id={source.id} />
      <Outlet />
      {nodes}
    </Page>
  );
}

function Above() {
  return (
    <nav aria-label={words.path}>
      <Anchor size="sm" renderRoot={(props) => <Link to="/sources" {...props} />}>
        {words.sources}
      </Anchor>
    </nav>
  );
}
