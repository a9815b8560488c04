import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { TbHistory } from 'react-icons/tb';
import { sessionQuery } from '../api/queries.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Page } from '../parts/page.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/audit.ts';
import { AdminsOnly } from './admins-only.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditItem } from './audit-item.tsx';
import classes from './audit-panel.module.css';
import { type AuditFilter, auditQuery, sourceNamesQuery } from './settings-queries.ts';
import { ShowMore } from './show-more.tsx';

const route = getRouteApi('/app/settings/audit');

/** Who changed what. */
export function AuditPanel() {
  const { role } = useSuspenseQuery(sessionQuery).data;
  return role === 'admin' ? <Trail /> : <AdminsOnly title={words.title} />;
}

function Trail() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  function narrow(search: AuditFilter) {
    void navigate({ search, replace: true });
  }
  return (
    <Page title={words.title} lead={words.lead}>
      <AuditFilters filter={filter} onChange={narrow} />
      <Entries filter={filter} onClear={() => narrow({})} />
    </Page>
  );
}

function Entries({
  filter,
  onClear,
}: {
  readonly filter: AuditFilter;
  readonly onClear: () => void;
}) {
  const trail = useInfiniteQuery(auditQuery(filter));
  const sources = useQuery(sourceNamesQuery);
  if (trail.error) return <ProblemAlert error={trail.error} onRetry={() => trail.refetch()} />;
  const entries = trail.data?.pages.flatMap(({ items }) => items);
  if (entries?.length === 0) {
    const isNarrow = Object.keys(filter).length > 0;
    return (
      <Panel>
        <EmptyState
          icon={TbHistory}
          title={isNarrow ? words.noMatch : words.none}
          action={
            isNarrow && (
              <Button variant="default" onClick={onClear}>
                {words.clear}
              </Button>
            )
          }
        >
          {isNarrow ? words.noMatchHelp : words.noneHelp}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <>
      <Panel flush>
        <ul className={classes.list} aria-label={words.title} aria-busy={trail.isPending}>
          {entries
            ? entries.map((entry) => (
                <AuditItem key={entry.id} entry={entry} sources={sources.data ?? new Map()} />
              ))
            : Array.from({ length: 6 }, (_, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
                <li key={at} className={classes.item}>
                  <Skeleton height={17} width={17} circle />
                  <Skeleton height={18} my={8} width="70%" />
                </li>
              ))}
        </ul>
      </Panel>
      <ShowMore query={trail} />
    </>
  );
}
