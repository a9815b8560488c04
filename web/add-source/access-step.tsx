import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { api, read } from '../api/client.ts';
import { fieldMessage, ProblemError } from '../api/problem-error.ts';
import { connectorsQuery, validationQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/add-source.ts';
import classes from './access/checks.module.css';
import { ConfigFields, listOf } from './access/config-fields.tsx';
import { filledConfig, missingField } from './access/connector-field.ts';
import { useChecks } from './access/use-checks.ts';
import { type Check, chartIdOf, tally } from './access/validation.ts';
import { ValidationChecks } from './access/validation-checks.tsx';
import { changeDraft, currentDraft, useDraft } from './draft.ts';
import { pathOf } from './wizard/steps.ts';
import { WizardFooter } from './wizard/wizard-footer.tsx';

/** The field that an error is about, by its code. */
const KEYS: Readonly<Record<string, string>> = {
  api_key_unknown: 'api_key',
  secret_key_wrong: 'secret_key',
};

/** Step 2: keys and charts. "Next" checks each of them live before anything is saved. */
export function AccessStep() {
  const draft = useDraft();
  const navigate = useNavigate();
  const [typed, setTyped] = useState<readonly string[]>([]);
  const checksAt = useRef<HTMLDivElement>(null);
  /** Whether somebody waits here for the checks; they go on by themselves only then. */
  const waits = useRef(false);
  const connectors = useQuery(connectorsQuery);
  const connector = connectors.data?.items.find(({ name }) => name === draft.connector);
  const live = useChecks(draft.validationId, goOnIfGood);
  const found = tally(live.checks);
  const start = useMutation({
    mutationFn: () =>
      read(
        api.validations.$post({
          json: { connector: draft.connector ?? '', config: filledConfig(draft.config) },
        }),
      ),
    onSuccess: ({ id }) => {
      waits.current = true;
      changeDraft({ validationId: id, selected: null });
    },
  });
  useForgottenValidation(draft.validationId);
  const { validationId } = draft;
  // Where somebody waits, what is found is in view: from its beginning on, and with its end.
  const { hasEnded } = live;
  useEffect(() => {
    if (validationId === null || !waits.current) return;
    checksAt.current?.scrollIntoView({ block: hasEnded ? 'start' : 'nearest' });
  }, [validationId, hasEnded]);

  function goOn() {
    void navigate({ to: pathOf('streams') });
  }
  function goOnIfGood() {
    const { validationId: id } = currentDraft();
    if (!waits.current || id === null) return;
    waits.current = false;
    if (wasAllGood.current) goOn();
  }
  const wasAllGood = useRef(false);
  wasAllGood.current = found.credentials?.ok === true && found.bad === 0 && found.good > 0;

  function check() {
    if (
      validationId !== null &&
      live.hasEnded &&
      found.good > 0 &&
      found.credentials?.ok === true
    ) {
      goOn();
    } else start.mutate();
  }
  const chartIds = listOf(draft.config['chart_ids']);
  const failed = found.charts.filter(({ ok }) => !ok).map(({ stream }) => chartIdOf(stream ?? ''));
  function removeFailed() {
    const gone = new Set(failed);
    const rest = chartIds.filter((id) => !gone.has(id));
    changeDraft({ config: { ...draft.config, chart_ids: rest } });
    if (rest.length > 0) start.mutate();
  }
  if (connectors.error !== null) {
    return <ProblemAlert error={connectors.error} onRetry={() => void connectors.refetch()} />;
  }
  if (connector === undefined) return <Skeleton height={420} maw={640} />;
  // What is typed gets into the list as the field is left, and so before the button is pressed.
  const missing = missingField(connector.fields, {
    ...draft.config,
    chart_ids: [...chartIds, ...typed],
  });
  const isChecking = validationId !== null && !live.hasEnded && live.connection !== 'lost';
  const isPartly = live.hasEnded && found.bad > 0 && found.good > 0;
  const isBad = live.hasEnded && (found.good === 0 || found.credentials?.ok === false);
  return (
    <Stack gap="lg">
      <div>
        <Title order={2}>{words.steps.access}</Title>
        <Text c="dimmed">{words.access.lead}</Text>
      </div>
      {start.error !== null && <ProblemAlert error={start.error} hideIssues />}
      <ConfigFields
        fields={connector.fields}
        config={draft.config}
        onChange={(config) => changeDraft({ config })}
        onTypedCharts={setTyped}
        errorOf={(field) => messageOf(start.error, field) ?? keyMessage(found.credentials, field)}
        failedCharts={new Set(failed)}
      />
      {validationId !== null && (
        <Stack gap="sm" ref={checksAt} className={classes.checks}>
          <ValidationChecks live={live} chartIds={chartIds} />
          {isPartly && (
            <div>
              <Button variant="default" onClick={removeFailed} loading={start.isPending}>
                {words.access.removeFailed(failed.length)}
              </Button>
            </div>
          )}
        </Stack>
      )}
      <WizardFooter
        back="connector"
        next={
          isPartly ? words.access.goOn(found.good) : isBad ? words.access.checkAgain : words.next
        }
        isBusy={start.isPending || isChecking}
        blocked={missing === null ? null : words.access.missing(missing.title)}
        extra={
          isPartly && (
            <Button variant="default" onClick={() => start.mutate()}>
              {words.access.checkAgain}
            </Button>
          )
        }
        onNext={check}
      />
    </Stack>
  );
}

/** A validation is kept for a while only; without it the account is checked again. */
function useForgottenValidation(id: string | null): void {
  const { error } = useQuery({ ...validationQuery(id ?? ''), enabled: id !== null, retry: false });
  useEffect(() => {
    if (error instanceof ProblemError && error.problem.status === 404) {
      changeDraft({ validationId: null });
    }
  }, [error]);
}

function messageOf(error: unknown, field: string): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  const whole = fieldMessage(error, 'config', field);
  if (whole !== undefined) return whole;
  return error.problem.issues.find(({ path }) => path[0] === 'config' && path[1] === field)
    ?.message;
}

/** What the checks found of a key, to be said beside it. */
function keyMessage(credentials: Check | null, field: string): string | undefined {
  const { error = null } = credentials ?? {};
  return error !== null && KEYS[error.code] === field ? error.message : undefined;
}
