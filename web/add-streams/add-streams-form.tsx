import { Button, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { TbAlertCircle, TbClockOff } from 'react-icons/tb';
import { chartIdOf } from '../add-source/access/validation.ts';
import { ValidationChecks } from '../add-source/access/validation-checks.tsx';
import { readRefusal } from '../add-source/finish/refusal.ts';
import { allOf, pickableOf } from '../add-source/streams/pickable.ts';
import { StreamPicker } from '../add-source/streams/stream-picker.tsx';
import { chosenStreams } from '../add-source/tables/chosen-streams.ts';
import { streamChoices, whyBlocked } from '../add-source/tables/table-plan.ts';
import { TablesForm } from '../add-source/tables/tables-form.tsx';
import { useTablePlan } from '../add-source/tables/use-table-plan.ts';
import { WizardFooter } from '../add-source/wizard/wizard-footer.tsx';
import { Notice } from '../parts/notice.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import type { SourceDetail } from '../source/source-data.ts';
import { words } from '../words/add-streams.ts';
import classes from './add-streams.module.css';
import { ChartsPanel } from './charts-panel.tsx';
import { useKeptChoice } from './kept-choice.ts';
import { RefusedAlert } from './refused-alert.tsx';
import { useNewChecks } from './use-new-checks.ts';
import { useSaveStreams } from './use-save-streams.ts';
import { usualPlace } from './usual-place.ts';

const route = getRouteApi('/app/sources/$id/add-streams');

/** New charts for a source: which, what of them, and where to. Each section comes once the one before is done. */
export function AddStreamsForm({ source }: { readonly source: SourceDetail }) {
  const { validation: validationId = null } = route.useSearch();
  const navigate = route.useNavigate();
  const { choice, change, clear } = useKeptChoice(source.id, {
    ids: [],
    selected: null,
    tables: {},
    ...usualPlace(source.streams),
  });
  const [typed, setTyped] = useState<readonly string[]>([]);
  const checks = useNewChecks(source.id, validationId, (validation) => {
    change({ selected: null });
    void navigate({ search: { validation }, replace: true });
  });
  const save = useSaveStreams(source, clear);
  const { found, live } = checks;

  const pickable = useMemo(
    () => (found === null ? [] : pickableOf(found).filter(({ configured }) => !configured)),
    [found],
  );
  const selected = choice.selected ?? allOf(pickable);
  const streams = useMemo(
    () => (found === null ? [] : chosenStreams(found, choice.selected)),
    [found, choice.selected],
  );
  const { error: refused, variables: sent } = save;
  const refusal = useMemo(() => readRefusal(refused, sent?.rows ?? []), [refused, sent]);
  const planned = useTablePlan(choice, streams, refusal.tables);
  const { plan } = planned;

  const has = new Set(source.streams.map(({ name }) => chartIdOf(name)));
  const asked = [...choice.ids, ...typed];
  const fresh = asked.filter((id) => !has.has(id));
  const failed = live.checks.filter(({ ok, stream }) => !ok && stream !== null);
  const isNoneGood = found !== null && allOf(pickable).length === 0;
  const noCharts =
    asked.length === 0 ? words.blocked.ids : fresh.length === 0 ? words.blocked.known : null;
  const blocked =
    (found === null || isNoneGood ? noCharts : null) ??
    (checks.isChecking
      ? words.blocked.checking
      : found === null || isNoneGood
        ? words.blocked.check
        : selected.length === 0
          ? words.blocked.none
          : plan === null
            ? null
            : whyBlocked(plan));

  function changeIds(ids: readonly string[]) {
    change({ ids, selected: null });
    // What was checked is no longer what is asked for.
    if (validationId !== null) void navigate({ search: {}, replace: true });
  }
  function add() {
    if (found === null || plan === null || plan.rows.length === 0 || save.isPending) return;
    const { layer, folder, prefix } = choice;
    const body = { validation_id: found.id, layer, folder, prefix };
    save.mutate({
      body: { ...body, streams: streamChoices(choice, plan.rows) },
      rows: plan.rows,
    });
  }
  return (
    <Stack gap="xl" className={classes.form}>
      <Section title={words.charts}>
        {checks.isGone && (
          <Notice role="alert" tone="warn" icon={TbClockOff} title={words.gone}>
            <Text size="sm">{words.goneHelp}</Text>
          </Notice>
        )}
        <ChartsPanel
          ids={choice.ids}
          known={choice.ids.filter((id) => has.has(id))}
          failed={new Set(failed.map(({ stream }) => chartIdOf(stream ?? '')))}
          blocked={noCharts}
          isBusy={checks.isChecking}
          isChecked={found !== null}
          error={checks.start.error}
          onChange={changeIds}
          onTyped={setTyped}
          onCheck={() => checks.start.mutate(fresh)}
        />
        {validationId !== null && !checks.isGone && (
          <ValidationChecks live={live} chartIds={checks.chartIds} />
        )}
        {checks.error !== null && <ProblemAlert error={checks.error} onRetry={checks.retry} />}
        {isNoneGood && (
          <Notice role="alert" tone="bad" icon={TbAlertCircle} title={words.noneGood}>
            <Text size="sm">{words.noneGoodHelp}</Text>
          </Notice>
        )}
      </Section>
      {found !== null && !isNoneGood && (
        <>
          <Section title={words.streams} lead={words.streamsLead}>
            <StreamPicker
              streams={pickable}
              selected={selected}
              onChange={(next) => change({ selected: next })}
            />
          </Section>
          {streams.length > 0 && (
            <Section title={words.tables}>
              <TablesForm value={choice} onChange={change} planned={planned} />
            </Section>
          )}
        </>
      )}
      {refusal.corrections.length > 0 ? (
        <RefusedAlert corrections={refusal.corrections} />
      ) : (
        save.error !== null && <ProblemAlert error={save.error} onRetry={add} />
      )}
      <WizardFooter
        next={words.save(streams.length)}
        blocked={blocked}
        isBusy={save.isPending}
        extra={
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link to="/sources/$id/streams" params={{ id: source.id }} {...props} />
            )}
          >
            {words.cancel}
          </Button>
        }
        onNext={add}
      />
    </Stack>
  );
}

function Section({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}) {
  return (
    <Stack component="section" gap="sm" aria-label={title}>
      <div>
        <Title order={2}>{title}</Title>
        {lead !== undefined && <Text c="dimmed">{lead}</Text>}
      </div>
      {children}
    </Stack>
  );
}
