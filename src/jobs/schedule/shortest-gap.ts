import { type Trigger, WEEKDAYS } from '../../state/trigger.ts';
import { cronTimes } from './cron-expression.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Runs of a cron expression that are looked at: more than there are minutes in a day. */
const LOOKED_AT = 1_500;

/**
 * The shortest time between two runs by the clock on the wall, in ms: days count 24 hours, as if no
 * zone ever changed its clocks. Null if no clock starts the trigger, or if there are no two runs.
 *
 * @param from ms since the epoch: cron expressions are looked at from there on
 */
export function shortestGapMs(trigger: Trigger, from: number): number | null {
  switch (trigger.type) {
    case 'manual':
    case 'after':
      return null;
    case 'hourly':
      return HOUR;
    case 'every_12_hours':
      return 12 * HOUR;
    case 'daily':
      return DAY;
    case 'weekly':
      return shortestDays(trigger.days.map((day) => WEEKDAYS.indexOf(day))) * DAY;
    case 'cron':
      return shortestOf(cronRuns(trigger.expression, from));
  }
}

/** @param days of the week, from 0 to 6 */
function shortestDays(days: readonly number[]): number {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const next = [...sorted.slice(1), (sorted[0] ?? 0) + 7];
  return Math.min(...next.map((day, at) => day - (sorted[at] ?? 0)));
}

/** In UTC, whose clocks never change. Rare times, such as 29 February, are years apart. */
function* cronRuns(expression: string, from: number): Generator<number, void, undefined> {
  const times = cronTimes(expression, 'UTC');
  let last = new Date(from);
  for (let n = 0; n < LOOKED_AT; n += 1) {
    const next = times.nextRun(last);
    if (next === null) return;
    yield next.getTime();
    last = next;
  }
}

function shortestOf(runs: Iterable<number>): number | null {
  let shortest: number | null = null;
  let last: number | null = null;
  for (const run of runs) {
    if (last !== null) shortest = Math.min(shortest ?? Number.POSITIVE_INFINITY, run - last);
    // Nothing is shorter than a minute.
    if (shortest === 60_000) return shortest;
    last = run;
  }
  return shortest;
}
