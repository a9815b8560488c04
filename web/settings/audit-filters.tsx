import { Button, Group, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { words } from '../words/audit.ts';
import classes from './audit-panel.module.css';
import { PERIODS } from './audit-search.ts';
import { type AuditFilter, tokensQuery, usersQuery } from './settings-queries.ts';

const ACTIONS = Object.entries(words.actions).map(([value, label]) => ({ value, label }));
const KINDS = Object.entries(words.kinds).map(([value, label]) => ({ value, label }));
const WHEN = PERIODS.map((days) => ({ value: String(days), label: words.lastDays(days) }));

/** What the trail is narrowed to. */
export function AuditFilters({
  filter,
  onChange,
}: {
  readonly filter: AuditFilter;
  readonly onChange: (filter: AuditFilter) => void;
}) {
  const people = usePeople();
  const { actor, action, kind, days } = filter;
  const isNarrow = Object.keys(filter).length > 0;
  /** What is not named has no place in the address. */
  function change(next: {
    actor?: string | null;
    action?: string | null;
    kind?: string | null;
    days?: number | null;
  }) {
    const merged = { ...filter, ...next };
    onChange({
      ...(merged.actor ? { actor: merged.actor } : {}),
      ...(merged.action ? { action: merged.action } : {}),
      ...(merged.kind ? { kind: merged.kind } : {}),
      ...(merged.days ? { days: merged.days } : {}),
    });
  }
  return (
    <Group gap="sm" mb="md" align="flex-end" className={classes.filters}>
      <Select
        label={words.person}
        placeholder={words.anybody}
        data={people}
        value={actor ?? null}
        searchable
        clearable
        onChange={(chosen) => change({ actor: chosen })}
      />
      <Select
        label={words.action}
        placeholder={words.anything}
        data={ACTIONS}
        value={action ?? null}
        searchable
        clearable
        onChange={(chosen) => change({ action: chosen })}
      />
      <Select
        label={words.kind}
        placeholder={words.everything}
        data={KINDS}
        value={kind ?? null}
        clearable
        onChange={(chosen) => change({ kind: chosen })}
      />
      <Select
        label={words.since}
        placeholder={words.ever}
        data={WHEN}
        value={days === undefined ? null : String(days)}
        clearable
        onChange={(chosen) => change({ days: chosen === null ? null : Number(chosen) })}
      />
      {isNarrow && (
        <Button variant="subtle" color="gray" onClick={() => onChange({})}>
          {words.clear}
        </Button>
      )}
    </Group>
  );
}

/** Who can have done something: users, their tokens, the token of the environment. */
function usePeople(): { value: string; label: string }[] {
  const users = useInfiniteQuery(usersQuery);
  const tokens = useInfiniteQuery(tokensQuery);
  const all = [
    ...(users.data?.pages.flatMap(({ items }) => items) ?? []),
    ...(tokens.data?.pages.flatMap(({ items }) => items) ?? []),
  ];
  return [
    ...all.map(({ id, name }) => ({ value: id, label: name })),
    { value: 'environment', label: words.environment },
  ];
}
