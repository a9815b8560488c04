import type { Validation } from '../access/validation.ts';
import type { PlannedStream } from './table-plan.ts';

/**
 * The streams that become tables, with their titles: those selected, or all that can be read while nobody
 * has selected any. What a source has already is left out.
 */
export function chosenStreams(
  { streams, checks }: Pick<Validation, 'streams' | 'checks'>,
  selected: readonly string[] | null,
): readonly PlannedStream[] {
  const found = new Map(checks.map((check) => [check.stream, check]));
  const chosen = selected === null ? null : new Set(selected);
  return streams
    .filter(({ stream, configured }) => {
      if (configured) return false;
      return chosen === null ? found.get(stream)?.ok !== false : chosen.has(stream);
    })
    .map(({ stream }) => ({ name: stream, title: found.get(stream)?.title ?? null }));
}

/** How many charts a source will have: those that can be read, and those that were chosen all the same. */
export function countCharts(
  { checks }: Pick<Validation, 'checks'>,
  selected: readonly string[] | null,
): number {
  const chosen = new Set(selected);
  return checks.filter(({ stream, ok }) => stream !== null && (ok || chosen.has(stream))).length;
}
