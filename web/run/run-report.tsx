import { Anchor, Breadcrumbs, Button, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { TbAlertCircle, TbChartLine, TbInfoCircle, TbPlugConnectedX } from 'react-icons/tb';
import { forgetWhatRunsChange, runQuery, sourceQuery } from '../api/queries.ts';
import { Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words as parts } from '../words/parts.ts';
import { words } from '../words/run.ts';
import { useRunActions, useRunAgain } from './run-actions.tsx';
import { RunFacts } from './run-facts.tsx';
import { RunLog } from './run-log.tsx';
import { knowsAll, statusOf } from './run-picture.ts';
import { RunSummary } from './run-summary.tsx';
import { isActive, type RunDetail } from './run-types.ts';
import { StreamCards } from './stream-cards.tsx';
import { countResults, firstTable, streamRows } from './stream-rows.ts';
import { StreamTable } from './stream-table.tsx';
import { useRunEvents } from './use-run-events.ts';
import { WaitNotice } from './wait-notice.tsx';

/** A run as it stands: by what was read of it, and by its events since. */
export function RunReport({ run: read }: { readonly run: RunDetail }) {
  const client = useQueryClient();
  const { picture, connection } = useRunEvents(read.id);
  const source = useQuery(sourceQuery(read.source_id));
  const isNarrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  const { end, isStarted } = picture;
  const run = end ?? read;
  const status = statusOf(read, picture);
  const isLive = isActive(status);
  const selected = source.data?.streams.filter((stream) => stream.selected) ?? [];
  const rows = streamRows({
    picture,
    results: run.results,
    planned: run.streams ?? selected.map(({ name }) => name),
    titles: new Map(source.data?.streams.map(({ name, title }) => [name, title])),
    hasEnded: !isLive,
  });
  const counts = countResults(rows);
  const done = rows.length - counts.open;
  const { cancel, retry, error } = useRunActions(read.id, status, counts.failed + counts.open > 0);
  const again = useRunAgain(read.source_id);
  const problem = error ?? again.error;
  const { queryKey } = runQuery(read.id);
  // What the beginning changes (its time) is asked for; what the end changes comes with the last event.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each
  useEffect(() => {
    if (isStarted && read.started_at === null) void client.invalidateQueries({ queryKey });
  }, [isStarted]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, at the end
  useEffect(() => {
    if (end === null || read.ended_at !== null) return;
    client.setQueryData(queryKey, end);
    forgetWhatRunsChange(client);
  }, [end]);
  const name = source.data?.name;
  const table = isLive ? null : firstTable(rows);
  return (
    <Page
      title={name === undefined ? words.untitled : words.title(name)}
      above={
        <Breadcrumbs component="nav" aria-label={words.path} mb={4} fz="sm">
          <Anchor size="sm" renderRoot={(props) => <Link to="/sources" {...props} />}>
            {words.sources}
          </Anchor>
          {name !== undefined && (
            <Anchor
              size="sm"
              renderRoot={(props) => (
                <Link to="/sources/$id" params={{ id: read.source_id }} {...props} />
              )}
            >
              {name}
            </Anchor>
          )}
        </Breadcrumbs>
      }
      lead={<RunFacts run={run} status={status} source={source.data} />}
      actions={
        cancel || (
          <>
            {retry}
            {source.error === null && again.button}
            {table !== null && (
              <Button
                variant={retry === false ? 'filled' : 'default'}
                leftSection={<TbChartLine size={16} strokeWidth={1.7} aria-hidden />}
                renderRoot={(props) => (
                  <Link to="/catalog/$layer/$name" params={table} {...props} />
                )}
              >
                {words.seeData}
              </Button>
            )}
          </>
        )
      }
    >
      <VisuallyHidden aria-live="polite">
        {isLive
          ? words.live.progress(done, rows.length)
          : end !== null && words.live.ended(parts.statuses[status], done, counts.failed)}
      </VisuallyHidden>
      <Stack gap="md">
        {problem !== null && <ProblemAlert error={problem} />}
        {connection === 'lost' && isLive && (
          <Notice role="status" tone="warn" icon={TbPlugConnectedX} title={words.lost}>
            <Text size="sm">{words.lostHelp}</Text>
          </Notice>
        )}
        {isLive && <WaitNotice picture={picture} />}
        {run.error !== null && (
          <Notice
            tone={status === 'canceled' ? 'quiet' : 'bad'}
            icon={TbAlertCircle}
            title={run.error.message}
          >
            <Text size="sm">{run.error.help}</Text>
          </Notice>
        )}
        {run.attempt > 1 && (
          <Notice tone="quiet" icon={TbInfoCircle}>
            <Text size="sm">{words.again(run.attempt)}</Text>
          </Notice>
        )}
        <RunSummary
          counts={counts}
          total={
            connection === 'lost' ||
            knowsAll(read, picture, read.streams !== null || source.data !== undefined)
              ? rows.length
              : null
          }
          isLive={isLive}
        />
        <Panel title={words.streams} flush>
          {rows.length === 0 ? (
            <Text p="md" size="sm" c="dimmed">
              {isLive ? words.begins : words.noStreams}
            </Text>
          ) : isNarrow ? (
            <StreamCards rows={rows} />
          ) : (
            <StreamTable rows={rows} />
          )}
        </Panel>
        <RunLog log={picture.log} runId={read.id} />
      </Stack>
    </Page>
  );
}
