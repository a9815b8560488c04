import { Skeleton, Stack, Text } from '@mantine/core';
import { useCallback, useRef } from 'react';
import { TbInfoCircle } from 'react-icons/tb';
import { Notice } from '../../parts/notice.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { words } from '../../words/tables.ts';
import type { TableChoice } from '../draft.ts';
import { PlaceForAll } from './place-for-all.tsx';
import { SyncType } from './sync-type.tsx';
import { TableList } from './table-list.tsx';
import { changeChoice, type TablesValue } from './table-plan.ts';
import classes from './tables.module.css';
import type { PlannedTables } from './use-table-plan.ts';

/**
 * Where streams go: layer, folder, prefix and sync type for all of them at once, then each with a name of its own.
 *
 * @param planned of {@link useTablePlan}, from which whoever shows the form also knows whether one can go on
 */
export function TablesForm({
  value,
  onChange,
  planned,
}: {
  readonly value: TablesValue;
  readonly onChange: (changes: Partial<TablesValue>) => void;
  readonly planned: PlannedTables;
}) {
  const { plan, layers, error, isUnchecked, retry } = planned;
  const latest = useRef({ value, onChange });
  latest.current = { value, onChange };
  // Never another function, so that of many rows only the changed one is drawn again.
  const changeRow = useCallback((stream: string, changes: TableChoice) => {
    const { current } = latest;
    current.onChange({ tables: changeChoice(current.value, stream, changes) });
  }, []);
  if (error !== null) return <ProblemAlert error={error} onRetry={retry} />;
  if (plan === null) return <TablesSkeleton />;
  const issues = [plan.layerIssue, plan.folderIssue, plan.prefixIssue];
  // One stream has all of it in its row, unless what holds for all is wrong.
  const isOfMany = plan.rows.length > 1 || issues.some((issue) => issue !== undefined);
  return (
    <Stack gap="md" className={classes.form}>
      <Panel {...(isOfMany ? { title: words.forAll } : {})}>
        <Stack gap="lg">
          {isOfMany && (
            <PlaceForAll value={value} onChange={onChange} plan={plan} layers={layers} />
          )}
          <SyncType />
        </Stack>
      </Panel>
      {isUnchecked && (
        <Notice tone="warn" icon={TbInfoCircle}>
          <Text size="sm">{words.takenFailed}</Text>
        </Notice>
      )}
      <TableList rows={plan.rows} layers={layers} onChange={changeRow} />
    </Stack>
  );
}

/** Keeps the place of the form. */
export function TablesSkeleton() {
  return (
    <Stack gap="md" aria-hidden>
      <Skeleton height={290} radius="lg" />
      <Skeleton height={360} radius="lg" />
    </Stack>
  );
}
