import { ChartliftError, toChartliftError } from '../../errors.ts';
import type { Trigger } from '../../state/trigger.ts';
import type { ApiCheck, ApiStream } from '../service/api-types.ts';
import { assertReady } from '../service/choose-streams.ts';
import type { NamedTrigger } from '../service/read-trigger.ts';
import type { ServiceApi } from '../service/service-api.ts';
import { watchValidation } from '../service/watch-validation.ts';
import { type DesiredSource, type DesiredStream, streamOfChart } from './desired-source.ts';
import type { Step, UpdateStep } from './plan-step.ts';
import { expand } from './references.ts';

/** How one step ended. */
export interface StepOutcome {
  readonly action: Step['action'];
  readonly name: string;
  readonly error: ChartliftError | null;
}

export interface CarryOutParts {
  readonly api: ServiceApi;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ids of the sources that are there, by name. */
  readonly ids: ReadonlyMap<string, string>;
  /** Told of each check while keys and charts are checked. */
  readonly onCheck: (name: string, check: ApiCheck) => void;
}

/**
 * Carries a plan out, step by step. What goes wrong with one source does not stop the others; an
 * interruption ends it all.
 */
export async function* carryOut(
  steps: readonly Step[],
  parts: CarryOutParts,
): AsyncGenerator<StepOutcome, void, undefined> {
  const ids = new Map(parts.ids);
  for (const step of steps) {
    const { action, name } = step;
    if (action === 'unchanged' || action === 'left') continue;
    let error: ChartliftError | null = null;
    try {
      if (step.action === 'create') ids.set(name, await create(step.source, ids, parts));
      else if (step.action === 'update') await update(step, ids, parts);
      else if (step.action === 'delete') {
        await parts.api.deleteSource(step.id, { tables: 'keep', dry_run: false });
      }
    } catch (thrown) {
      error = toChartliftError(thrown);
      if (error.code === 'interrupted') throw error;
    }
    yield { action, name, error };
  }
}

async function create(
  source: DesiredSource,
  ids: ReadonlyMap<string, string>,
  { api, env, onCheck }: CarryOutParts,
): Promise<string> {
  const trigger = triggerOf(source.trigger, ids);
  const started = await api.createValidation(source.connector, {
    ...source.settings,
    ...secretsOf(source, env),
    chart_ids: source.charts,
  });
  const validation = await watchValidation(api, started, (check) => onCheck(source.name, check));
  assertReady(validation.checks);
  const { id } = await api.createSource({
    validation_id: validation.id,
    name: source.name,
    description: source.description,
    trigger,
    paused: source.paused,
    time_limit_minutes: source.timeLimitMinutes,
    streams: choices(source.streams.filter(({ selected }) => selected)),
  });
  // Streams that are not synced can have a place and a note all the same.
  const { streams } = await api.getSource(id);
  await settle(api, id, source.streams, streams);
  return id;
}

async function update(
  step: UpdateStep,
  ids: ReadonlyMap<string, string>,
  { api, env, onCheck }: CarryOutParts,
): Promise<void> {
  const { id, source } = step;
  const validate = async (config: Readonly<Record<string, unknown>>) => {
    const started = await api.createSourceValidation(id, config);
    const validation = await watchValidation(api, started, (check) => onCheck(source.name, check));
    assertReady(validation.checks);
    return validation.id;
  };
  if (step.fields.length > 0) {
    const changes = step.fields.map(({ field, to }) => [field, to]);
    const trigger = step.fields.some(({ field }) => field === 'trigger')
      ? { trigger: triggerOf(source.trigger, ids) }
      : {};
    await api.updateSource(id, { ...Object.fromEntries(changes), ...trigger }, step.revision);
  }
  if (step.settings.length > 0 || step.credentials) {
    const settings = step.settings.map(({ setting, to }) => [setting, to]);
    const secrets = step.credentials ? secretsOf(source, env) : {};
    const config = { ...Object.fromEntries(settings), ...secrets };
    await api.changeCredentials(id, await validate(config));
  }
  for (const { stream, to } of step.changeStreams.toSorted(freeFirst)) {
    await api.updateStream(id, stream, to);
  }
  if (step.addCharts.length > 0) {
    const names = step.addCharts.map(streamOfChart);
    const added = source.streams.filter(({ stream }) => names.includes(stream));
    const selected = added.filter((stream) => stream.selected);
    const { items } = await api.addStreams(id, {
      validation_id: await validate({ chart_ids: step.addCharts }),
      // Something has to be chosen for it to be added at all.
      streams: choices(selected.length > 0 ? selected : added),
    });
    await settle(api, id, added, items);
  }
  for (const stream of step.removeStreams) await api.removeStream(id, stream);
}

/** Gives streams that were added just now what they could not get with their choice. */
async function settle(
  api: ServiceApi,
  id: string,
  desired: readonly DesiredStream[],
  there: readonly ApiStream[],
): Promise<void> {
  for (const { stream, selected, place } of desired) {
    const before = there.find(({ name }) => name === stream);
    if (before === undefined || selected) continue;
    const wanted = { selected, ...place };
    const differs =
      before.selected !== selected ||
      (place !== null &&
        (['layer', 'folder', 'table', 'note'] as const).some(
          (field) => before[field] !== place[field],
        ));
    if (differs) await api.updateStream(id, stream, wanted);
  }
}

/** Streams that give up their tables go before those that may want them. */
function freeFirst(
  a: UpdateStep['changeStreams'][number],
  b: UpdateStep['changeStreams'][number],
): number {
  const order = (selected: boolean | undefined) =>
    selected === false ? 0 : selected === undefined ? 1 : 2;
  return order(a.to.selected) - order(b.to.selected);
}

function choices(streams: readonly DesiredStream[]) {
  return streams.map(({ stream, place }) => ({ stream, ...place }));
}

function triggerOf(trigger: NamedTrigger, ids: ReadonlyMap<string, string>): Trigger {
  if (trigger.type !== 'after') return trigger;
  const id = ids.get(trigger.source);
  if (id !== undefined) return { type: 'after', source_id: id };
  throw new ChartliftError(
    'not_found',
    `${trigger.source}, which it runs after, is not there.`,
    'See why that source could not be made, and apply the file again.',
  );
}

function secretsOf(
  source: DesiredSource,
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const secrets = Object.entries(source.secrets);
  return Object.fromEntries(secrets.map(([name, text]) => [name, expand(text, env)]));
}
