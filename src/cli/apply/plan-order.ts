import { ChartliftError } from '../../errors.ts';
import type { DesiredSource } from './desired-source.ts';
import type { CurrentSource, Step } from './plan-step.ts';

/**
 * Puts steps into an order in which a service takes them: a source comes after the one that it waits for;
 * what is deleted goes first, so that its tables are free, unless a source that stays still waits for it.
 *
 * @throws ChartliftError `config_invalid`
 */
export function inOrder(
  steps: readonly Step[],
  desired: readonly DesiredSource[],
  current: readonly CurrentSource[],
): readonly Step[] {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const awaited = new Map(
    desired.flatMap(({ name, trigger }) =>
      trigger.type === 'after' ? [[name, trigger.source] as const] : [],
    ),
  );
  assertAwaited(awaited, byName);
  const changed = steps.filter(({ action }) => action === 'create' || action === 'update');
  const deleted = lastFollowerFirst(
    steps.filter((step) => step.action === 'delete'),
    current,
  );
  const goes = new Set(deleted.map(({ name }) => name));
  const held = heldBack(goes, current);
  return [
    ...deleted.filter(({ name }) => !held.has(name)),
    ...changed.toSorted((a, b) => depth(a.name, awaited) - depth(b.name, awaited)),
    ...deleted.filter(({ name }) => held.has(name)),
    ...steps.filter(({ action }) => action === 'unchanged' || action === 'left'),
  ];
}

function assertAwaited(
  awaited: ReadonlyMap<string, string>,
  byName: ReadonlyMap<string, Step>,
): void {
  for (const [name, source] of awaited) {
    const step = byName.get(source);
    if (step === undefined || step.action === 'delete') {
      const why = step === undefined ? 'is not there' : 'would be deleted';
      throw wrongOrder(`${name} runs after ${source}, which ${why}.`);
    }
    const seen = new Set([name]);
    for (let next: string | undefined = source; next !== undefined; next = awaited.get(next)) {
      if (seen.has(next)) throw wrongOrder(`${[...seen].join(', ')} run after each other.`);
      seen.add(next);
    }
  }
}

/** How many sources a source waits for, one behind the other. */
function depth(name: string, awaited: ReadonlyMap<string, string>): number {
  const next = awaited.get(name);
  return next === undefined ? 0 : 1 + depth(next, awaited);
}

/** Names of the deleted that a source that stays waits for by now, and of what they wait for. */
function heldBack(goes: ReadonlySet<string>, current: readonly CurrentSource[]): Set<string> {
  const held = new Set<string>();
  for (const source of current) {
    if (goes.has(source.name)) continue;
    for (
      let next = awaitedBy(source, current);
      next !== undefined && goes.has(next.name) && !held.has(next.name);
      next = awaitedBy(next, current)
    ) {
      held.add(next.name);
    }
  }
  return held;
}

/** Nobody may be deleted while somebody waits for them. */
function lastFollowerFirst(steps: readonly Step[], current: readonly CurrentSource[]): Step[] {
  const place = (name: string): number => {
    let length = 0;
    const seen = new Set<string>();
    let at = current.find((source) => source.name === name);
    while (at !== undefined && !seen.has(at.name)) {
      seen.add(at.name);
      length += 1;
      at = awaitedBy(at, current);
    }
    return length;
  };
  return steps.toSorted((a, b) => place(b.name) - place(a.name));
}

function awaitedBy(
  { trigger }: CurrentSource,
  current: readonly CurrentSource[],
): CurrentSource | undefined {
  if (trigger.type !== 'after') return undefined;
  return current.find(({ id }) => id === trigger.source_id);
}

function wrongOrder(message: string): ChartliftError {
  return new ChartliftError(
    'config_invalid',
    message,
    'Correct the triggers in the file; nothing was changed.',
  );
}
