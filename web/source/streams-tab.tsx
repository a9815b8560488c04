import { Button, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { TbPlus, TbSearch } from 'react-icons/tb';
import { sourceQuery } from '../api/queries.ts';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { useMayEdit } from '../sources/may-edit.ts';
import { words as shell } from '../words/shell.ts';
import { words } from '../words/source.ts';
import classes from './source.module.css';
import { latestResultsQuery, sourceTablesQuery } from './source-data.ts';
import { findStreams, listStreams } from './stream-list.ts';
import { StreamsCards } from './streams-cards.tsx';
import { StreamsTable } from './streams-table.tsx';
import { useStreamDialogs } from './use-stream-dialogs.tsx';

const route = getRouteApi('/app/sources/$id');

/** From this many streams on there is a field to find one. */
const MANY = 8;

/** The charts of a source, and the tables that they become. */
export function StreamsTab() {
  const { id } = route.useParams();
  const source = useSuspenseQuery(sourceQuery(id)).data;
  const results = useQuery(latestResultsQuery(id));
  const tables = useQuery(sourceTablesQuery(id));
  const isNarrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  const mayEdit = useMayEdit();
  const [text, setText] = useState('');
  const { actions, nodes } = useStreamDialogs(source);
  const error = results.error ?? tables.error;
  const isPending = results.isPending || tables.isPending;
  const all = listStreams(source.streams, results.data, tables.data);
  const shown = findStreams(all, text);
  const List = isNarrow ? StreamsCards : StreamsTable;
  return (
    <Stack gap="md">
      {error !== null && (
        <ProblemAlert
          error={error}
          onRetry={() => {
            void results.refetch();
            void tables.refetch();
          }}
        />
      )}
      <Panel
        title={words.streams}
        flush
        actions={
          mayEdit && (
            <Button
              size="compact-md"
              variant="light"
              leftSection={<TbPlus size={16} aria-hidden />}
              renderRoot={(props) => (
                <Link to="/sources/$id/add-streams" params={{ id }} {...props} />
              )}
            >
              {words.addStreams}
            </Button>
          )
        }
      >
        {all.length > MANY && (
          <div className={classes.tools}>
            <TextInput
              w={300}
              maw="100%"
              aria-label={words.filterStreams}
              placeholder={words.filterHint}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              leftSection={<TbSearch size={16} strokeWidth={1.7} aria-hidden />}
            />
          </div>
        )}
        {isPending ? (
          <Stack p="md" role="status" aria-label={shell.loading}>
            <Skeleton height={28} />
            <Skeleton height={28} />
            <Skeleton height={28} />
          </Stack>
        ) : shown.length === 0 ? (
          <Text p="md" size="sm" c="dimmed">
            {words.noStreamMatch}
          </Text>
        ) : (
          <List streams={shown} actions={mayEdit ? actions : null} />
        )}
      </Panel>
      {nodes}
    </Stack>
  );
}
