import type { Point } from './plot-points.ts';

/** More names than this are not told: the first ones and "…". */
const NAMED = 2;

/**
 * Parts whole numbers from shares: 41,798 users and 0.73 of them would leave nothing to see of the share
 * on one axis. The part with more measures comes first.
 */
export function splitScales(points: readonly Point[]): {
  readonly name: string;
  readonly points: readonly Point[];
}[] {
  const measures = Map.groupBy(
    points.filter(({ value }) => value !== null),
    ({ measure }) => measure,
  );
  if (measures.size === 0) return [];
  const shares = new Set<string>();
  for (const [measure, own] of measures) {
    if (own.every(({ value }) => value !== null && Math.abs(value) <= 1)) shares.add(measure);
  }
  const hasFraction = [...shares].some((measure) =>
    measures.get(measure)?.some(({ value }) => value !== null && !Number.isInteger(value)),
  );
  const counts = [...measures.keys()].filter((measure) => !shares.has(measure));
  if (!hasFraction || counts.length === 0) return [{ name: '', points }];
  return [counts, [...shares]]
    .sort((one, other) => other.length - one.length)
    .map((names) => ({
      name: nameOf(names),
      points: points.filter(({ measure }) => names.includes(measure)),
    }));
}

function nameOf(measures: readonly string[]): string {
  if (measures.length <= NAMED) return measures.join(', ');
  return `${measures[0]} … ${measures.at(-1)}`;
}
