import { Button, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { countCharacters, MAX_DESCRIPTION } from '../../src/service/description.ts';
import { fieldMessage } from '../api/problem-error.ts';
import { validationQuery } from '../api/queries.ts';
import { ZONE } from '../parts/moment.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { defaultTrigger, triggerGap } from '../trigger/trigger-choice.ts';
import { TriggerField } from '../trigger/trigger-field.tsx';
import { words } from '../words/finish.ts';
import { words as triggerWords } from '../words/trigger.ts';
import { changeDraft, useDraft } from './draft.ts';
import { CorrectionList } from './finish/correction-list.tsx';
import { DescriptionField } from './finish/description-field.tsx';
import classes from './finish/finish.module.css';
import { NameField } from './finish/name-field.tsx';
import { readRefusal, triggerMessage } from './finish/refusal.ts';
import { SourceSummary } from './finish/source-summary.tsx';
import { type NewSource, useCreateSource } from './finish/use-create-source.ts';
import { useSourceName } from './finish/use-source-name.ts';
import { chosenStreams, countCharts } from './tables/chosen-streams.ts';
import { streamChoices, whyBlocked } from './tables/table-plan.ts';
import { useTablePlan } from './tables/use-table-plan.ts';
import { WizardFooter } from './wizard/wizard-footer.tsx';

/** Step 5, "Configure data source": name, description, trigger, all of it once more, and "Finish". */
export function FinishStep() {
  const draft = useDraft();
  const [firstTrigger] = useState(() => defaultTrigger(ZONE));
  const trigger = draft.trigger ?? firstTrigger;
  const validation = useQuery(validationQuery(draft.validationId ?? ''));
  const streams = useMemo(
    () => (validation.data === undefined ? [] : chosenStreams(validation.data, draft.selected)),
    [validation.data, draft.selected],
  );
  const { plan, error: layersError } = useTablePlan(draft, streams);
  const create = useCreateSource();
  const nameIssue = useSourceName(draft);
  if (draft.validationId === null) return null;

  const rows = plan?.rows ?? [];
  const source: NewSource = {
    validation_id: draft.validationId,
    name: draft.name.trim(),
    description: draft.description,
    layer: draft.layer,
    folder: draft.folder,
    prefix: draft.prefix,
    streams: streamChoices(draft, rows),
    trigger,
  };
  // What the service said holds for what was sent: with any change it is to be asked again.
  const isAsSent = JSON.stringify(create.variables?.source) === JSON.stringify(source);
  const error = isAsSent ? create.error : null;
  const refusal = readRefusal(error, rows);
  const problemOf = (field: 'name' | 'description') => {
    const message = fieldMessage(error, field);
    return message === undefined ? undefined : words.fieldIssue(words[field], message);
  };
  const blockedTables = plan === null || rows.length === 0 ? null : whyBlocked(plan);
  const corrections =
    blockedTables === null || refusal.corrections.length > 0
      ? refusal.corrections
      : [{ step: 'tables' as const, message: blockedTables }];
  const gap = triggerGap(trigger);
  const isLong = countCharacters(draft.description, MAX_DESCRIPTION) > MAX_DESCRIPTION;
  const blocked =
    blockedTables ??
    nameIssue ??
    (isLong ? words.descriptionLong : gap === null ? null : triggerWords.gaps[gap]);
  const isReady = blocked === null && rows.length > 0 && !create.isPending;
  const isRunning = create.variables?.run === true;
  const finish = (run: boolean) => isReady && create.mutate({ source, run });
  const failure = validation.error ?? layersError;
  return (
    <Stack gap="md">
      <div>
        <Title order={2}>{words.title}</Title>
        <Text c="dimmed">{words.lead}</Text>
      </div>
      {failure !== null && (
        <ProblemAlert error={failure} onRetry={() => void validation.refetch()} />
      )}
      {corrections.length > 0 ? (
        <CorrectionList corrections={corrections} refused={refusal.tables} />
      ) : (
        error !== null &&
        !refusal.isHere && <ProblemAlert error={error} onRetry={() => finish(isRunning)} />
      )}
      <div className={classes.columns}>
        <Panel>
          <Stack gap="md">
            <NameField
              value={draft.name}
              onChange={(typed) => changeDraft({ name: typed })}
              error={nameIssue ?? problemOf('name')}
            />
            <DescriptionField
              value={draft.description}
              onChange={(description) => changeDraft({ description })}
              error={problemOf('description')}
            />
            <hr className={classes.divider} />
            <TriggerField
              value={trigger}
              onChange={(next) => changeDraft({ trigger: next })}
              validationId={draft.validationId}
              error={triggerMessage(error)}
            />
          </Stack>
        </Panel>
        <div className={classes.summary}>
          <SourceSummary
            draft={draft}
            rows={rows}
            trigger={trigger}
            charts={
              validation.data === undefined ? 0 : countCharts(validation.data, draft.selected)
            }
          />
        </div>
      </div>
      <WizardFooter
        back="tables"
        next={words.finishAndRun}
        blocked={blocked}
        isBusy={create.isPending && isRunning}
        extra={
          <Button
            variant="default"
            disabled={blocked !== null}
            loading={create.isPending && !isRunning}
            onClick={() => finish(false)}
          >
            {words.finish}
          </Button>
        }
        onNext={() => finish(true)}
      />
    </Stack>
  );
}
