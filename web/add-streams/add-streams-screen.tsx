import { Anchor, Button, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { TbLock } from 'react-icons/tb';
import { sourceQuery } from '../api/queries.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Page } from '../parts/page.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { useMayEdit } from '../sources/may-edit.ts';
import { words } from '../words/add-streams.ts';
import { words as shell } from '../words/shell.ts';
import { AddStreamsForm } from './add-streams-form.tsx';

const route = getRouteApi('/app/sources/$id/add-streams');

/** "Add streams": new charts for a source that is there, with the tables that they become. */
export function AddStreamsScreen() {
  const { id } = route.useParams();
  const mayEdit = useMayEdit();
  const source = useQuery(sourceQuery(id));
  const back = (
    <Button
      variant="default"
      renderRoot={(props) => <Link to="/sources/$id/streams" params={{ id }} {...props} />}
    >
      {words.back}
    </Button>
  );
  return (
    <Page
      title={words.title}
      lead={words.lead}
      above={
        <Anchor
          size="sm"
          renderRoot={(props) => <Link to="/sources/$id/streams" params={{ id }} {...props} />}
        >
          {source.data?.name ?? words.back}
        </Anchor>
      }
    >
      {!mayEdit ? (
        <Panel>
          <EmptyState icon={TbLock} title={words.mayNot} action={back}>
            {words.mayNotHelp}
          </EmptyState>
        </Panel>
      ) : source.data !== undefined ? (
        <AddStreamsForm key={id} source={source.data} />
      ) : source.error !== null ? (
        <ProblemAlert error={source.error} onRetry={() => void source.refetch()} />
      ) : (
        <Stack role="status" aria-label={shell.loading}>
          <Skeleton height={28} width={180} />
          <Skeleton height={220} radius="lg" />
        </Stack>
      )}
    </Page>
  );
}
