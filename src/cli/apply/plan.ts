import { ChartliftError } from '../../errors.ts';
import { WEEKDAYS } from '../../state/trigger.ts';
import type { StreamChanges } from '../service/api-types.ts';
import type { NamedTrigger } from '../service/read-trigger.ts';
import {
  type DesiredSource,
  type DesiredStream,
  SECRET_FIELDS,
  streamOfChart,
} from './desired-source.ts';
import { inOrder } from './plan-order.ts';
import type {
  CurrentSource,
  FieldChange,
  SettingChange,
  Step,
  StreamChange,
  UpdateStep,
} from './plan-step.ts';

export interface PlanOptions {
  /** Delete what the file does not name. */
  readonly prune: boolean;
  /** Replace the keys of sources that are there. */
  readonly credentials: boolean;
}

/**
 * What makes a service like a file, in an order in which it can be done. Pure: nothing is asked or changed.
 *
 * @throws ChartliftError `config_invalid` where sources wait for each other or for what is not there, or a
 *   new one has no keys
 */
export function planApply(
  desired: readonly DesiredSource[],
  current: readonly CurrentSource[],
  options: PlanOptions,
): readonly Step[] {
  const steps = desired.map((source): Step => {
    const before = current.find(({ name }) => name === source.name);
    if (before === undefined) return planCreation(source);
    return planUpdate(source, before, current, options);
  });
  const others = current.filter(({ name }) => !desired.some((source) => source.name === name));
  const rest = others.map(({ id, name }): Step => {
    return options.prune ? { action: 'delete', name, id } : { action: 'left', name };
  });
  return inOrder([...steps, ...rest], desired, current);
}

/** Whether carrying out the steps would change anything. */
export function changesAnything(steps: readonly Step[]): boolean {
  return steps.some(({ action }) => action !== 'unchanged' && action !== 'left');
}

/** The trigger of a source, with the name of the source that it waits for. */
export function namedTrigger(
  { trigger }: Pick<CurrentSource, 'trigger'>,
  current: readonly Pick<CurrentSource, 'id' | 'name'>[],
): NamedTrigger {
  if (trigger.type !== 'after') return trigger;
  const { source_id: id } = trigger;
  return { type: 'after', source: current.find((source) => source.id === id)?.name ?? id };
}

function planCreation(source: DesiredSource): Step {
  const absent = SECRET_FIELDS.filter((field) => source.secrets[field] === undefined);
  if (absent.length === 0) return { action: 'create', name: source.name, source };
  throw new ChartliftError(
    'config_invalid',
    `${source.name} is new, and its config has no ${absent.join(' and no ')}.`,
    'Write each as the name of a variable, as chartlift export does; nothing was changed.',
  );
}

function planUpdate(
  source: DesiredSource,
  before: CurrentSource,
  current: readonly CurrentSource[],
  options: PlanOptions,
): Step {
  if (before.connector !== source.connector) {
    throw new ChartliftError(
      'config_invalid',
      `${source.name} is a source of ${before.connector}, not of ${source.connector}.`,
      'Give the new source another name.',
    );
  }
  const charts = chartsOf(before);
  const removed = charts.filter((chart) => !source.charts.includes(chart)).map(streamOfChart);
  const step: UpdateStep = {
    action: 'update',
    name: source.name,
    id: before.id,
    revision: before.revision,
    source,
    fields: fieldChanges(source, before, current),
    settings: settingChanges(source, before),
    credentials: options.credentials && Object.keys(source.secrets).length > 0,
    addCharts: source.charts.filter((chart) => !charts.includes(chart)),
    changeStreams: source.streams.flatMap((stream) => streamChange(stream, before)),
    removeStreams: removed,
  };
  const lists = [
    step.fields,
    step.settings,
    step.addCharts,
    step.changeStreams,
    step.removeStreams,
  ];
  const changes = step.credentials || lists.some((list) => list.length > 0);
  return changes ? step : { action: 'unchanged', name: source.name };
}

function chartsOf({ config }: CurrentSource): readonly string[] {
  const { chart_ids: charts } = config;
  return Array.isArray(charts) ? charts.map(String) : [];
}

function fieldChanges(
  source: DesiredSource,
  before: CurrentSource,
  current: readonly CurrentSource[],
): FieldChange[] {
  const trigger = namedTrigger(before, current);
  const pairs = [
    ['description', before.description, source.description],
    ['trigger', trigger, source.trigger],
    ['paused', before.paused, source.paused],
    ['time_limit_minutes', before.time_limit_minutes, source.timeLimitMinutes],
  ] as const;
  return pairs
    .filter(([field, from, to]) =>
      field === 'trigger' ? triggerKey(trigger) !== triggerKey(source.trigger) : from !== to,
    )
    .map(([field, from, to]) => ({ field, from, to }));
}

/** The same text for the same trigger: neither the order of its fields nor that of days matters. */
function triggerKey(trigger: NamedTrigger): string {
  const entries = Object.entries(trigger).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(
    entries.map(([name, value]) => [
      name,
      Array.isArray(value) ? WEEKDAYS.filter((day) => value.includes(day)) : value,
    ]),
  );
}

function settingChanges(source: DesiredSource, before: CurrentSource): SettingChange[] {
  return Object.entries(source.settings)
    .map(([setting, to]) => ({ setting, from: before.config[setting] ?? null, to }))
    .filter(({ from, to }) => from !== to);
}

function streamChange(
  { stream, selected, place }: DesiredStream,
  { streams }: CurrentSource,
): StreamChange[] {
  const before = streams.find(({ name }) => name === stream);
  if (before === undefined) return [];
  const wanted: StreamChanges = { selected, ...place };
  const fields = (['selected', 'layer', 'folder', 'table', 'note'] as const).filter(
    (field) => wanted[field] !== undefined && wanted[field] !== before[field],
  );
  if (fields.length === 0) return [];
  const only = (from: StreamChanges): StreamChanges =>
    Object.fromEntries(fields.map((field) => [field, from[field]]));
  return [{ stream, from: only(before), to: only(wanted) }];
}
