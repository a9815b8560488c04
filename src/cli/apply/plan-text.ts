import { printable } from '../output/printable.ts';
import type { NamedTrigger } from '../service/read-trigger.ts';
import { type Terminal, tone } from '../terminal.ts';
import { type DesiredStream, streamOfChart } from './desired-source.ts';
import { changesAnything } from './plan.ts';
import type { Step, UpdateStep } from './plan-step.ts';

/** What people read before they let a plan be carried out. */
export function planText(steps: readonly Step[], terminal: Terminal): string {
  const lines = steps.flatMap((step) => stepLines(step, terminal));
  const left = steps.filter(({ action }) => action === 'left').map(({ name }) => printable(name));
  const note =
    left.length === 0
      ? []
      : [
          `On the service and not in the file: ${left.join(', ')} (--prune deletes what is not in the file)`,
        ];
  return [...lines, ...note, verdict(steps)].map((line) => `${line}\n`).join('');
}

function stepLines(step: Step, { stdout }: Terminal): readonly string[] {
  const name = printable(step.name);
  if (step.action === 'create') {
    return [`${tone(stdout, 'good', '+ create')} ${name}`, ...createdLines(step.source)];
  }
  if (step.action === 'update') {
    return [`${tone(stdout, 'warn', '~ update')} ${name}`, ...updatedLines(step)];
  }
  if (step.action === 'delete') {
    return [`${tone(stdout, 'bad', '- delete')} ${name}`, '    its tables stay in the catalog'];
  }
  return [];
}

/** The plan as `--json` prints it. */
export function planDocument(steps: readonly Step[]): readonly Record<string, unknown>[] {
  return steps.map((step) => {
    const { action, name } = step;
    if (action === 'create') {
      const streams = step.source.streams.filter(({ selected }) => selected);
      return { action, source: name, streams: streams.map(({ stream }) => stream) };
    }
    if (action !== 'update') return { action, source: name };
    return {
      action,
      source: name,
      fields: [
        ...step.fields,
        ...step.settings.map(({ setting, from, to }) => ({ field: setting, from, to })),
      ],
      credentials: step.credentials,
      add_streams: step.addCharts.map(streamOfChart),
      change_streams: step.changeStreams,
      remove_streams: step.removeStreams,
    };
  });
}

function verdict(steps: readonly Step[]): string {
  const number = (wanted: Step['action']) => steps.filter(({ action }) => action === wanted).length;
  if (!changesAnything(steps)) return 'Nothing to do: the service is as the file says.';
  return `Plan: ${number('create')} to create, ${number('update')} to update, ${number('delete')} to delete, ${number('unchanged')} unchanged.`;
}

function createdLines(source: Extract<Step, { action: 'create' }>['source']): string[] {
  const facts = [
    source.description === '' ? null : `description: ${value(source.description)}`,
    ...Object.entries(source.settings).map(([name, text]) => `${name}: ${value(text)}`),
    `trigger: ${triggerText(source.trigger)}`,
    source.paused ? 'paused' : null,
  ];
  return [
    ...facts.filter((fact) => fact !== null).map((fact) => `    ${fact}`),
    ...source.streams.filter(({ selected }) => selected).map(addedLine),
  ];
}

function updatedLines(step: UpdateStep): string[] {
  const added = step.addCharts.map(streamOfChart);
  return [
    ...step.fields.map(({ field, from, to }) =>
      field === 'trigger'
        ? `    trigger: ${triggerValue(from)} → ${triggerValue(to)}`
        : `    ${field}: ${value(from)} → ${value(to)}`,
    ),
    ...step.settings.map(
      ({ setting, from, to }) => `    ${setting}: ${value(from)} → ${value(to)}`,
    ),
    ...(step.credentials ? ['    keys: replaced by those of the file'] : []),
    ...step.source.streams.filter(({ stream }) => added.includes(stream)).map(addedLine),
    ...step.changeStreams.map(({ stream, from, to }) => {
      const fields = Object.entries(to).map(
        ([field, wanted]) =>
          `${field}: ${value(new Map(Object.entries(from)).get(field))} → ${value(wanted)}`,
      );
      return `    ~ ${printable(stream)}  ${fields.join(', ')}`;
    }),
    ...step.removeStreams.map(
      (stream) => `    - ${printable(stream)}  its table stays in the catalog`,
    ),
  ];
}

function addedLine({ stream, selected, place }: DesiredStream): string {
  const table = place === null ? '' : ` → ${place.layer}.${place.table}`;
  return `    + ${printable(stream)}${selected ? table : ' (not selected)'}`;
}

function triggerValue(trigger: unknown): string {
  return typeof trigger === 'object' && trigger !== null && 'type' in trigger
    ? entriesText(trigger)
    : value(trigger);
}

function triggerText(trigger: NamedTrigger): string {
  return entriesText(trigger);
}

/** `daily 06:30 Europe/Berlin`. */
function entriesText(trigger: object): string {
  return Object.values(trigger)
    .map((part) => printable([part].flat().map(String).join(',')))
    .join(' ');
}

function value(text: unknown): string {
  return typeof text === 'string' ? JSON.stringify(text) : String(text ?? 'none');
}
