import type { RunStatus } from '../run/run-types.ts';

/** A run as the spark line needs it. */
export interface SparkRun {
  readonly id: string;
  readonly status: RunStatus;
  readonly started_at: string | null;
  readonly ended_at: string | null;
}

export interface SparkBar<Shown extends SparkRun = SparkRun> {
  readonly run: Shown;
  /** How long it took, in ms; null while it is not known. */
  readonly duration: number | null;
  /** Of the height of the line, between {@link LOWEST} and 1. */
  readonly height: number;
}

/** A bar is never lower than this share of the line: a run that took no time is still a run. */
export const LOWEST = 0.22;

/**
 * The bars of a spark line, oldest first. Heights follow the square root of the duration, so that one slow
 * run does not flatten all others.
 *
 * @param runs newest first, as the API lists them
 */
export function sparkBars<Shown extends SparkRun>(runs: readonly Shown[]): SparkBar<Shown>[] {
  const durations = runs.map(durationOf);
  const longest = Math.max(...durations.map((ms) => ms ?? 0), 1);
  return runs
    .map((run, at) => {
      const duration = durations[at] ?? null;
      const share = duration === null ? 0 : Math.sqrt(duration / longest);
      return { run, duration, height: LOWEST + (1 - LOWEST) * share };
    })
    .reverse();
}

/** How long a run took, in ms; null for one that has not begun or not ended. */
export function durationOf({
  started_at,
  ended_at,
}: Pick<SparkRun, 'started_at' | 'ended_at'>): number | null {
  if (started_at === null || ended_at === null) return null;
  return Math.max(0, Date.parse(ended_at) - Date.parse(started_at));
}
