/** What lies between the places of a chart over time. */
export type TimeStep = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The least and the most ms of each: days have 23 to 25 hours, months 28 to 31 days. */
const STEPS: readonly (readonly [TimeStep, number, number])[] = [
  ['hour', HOUR, HOUR],
  ['day', 23 * HOUR, 25 * HOUR],
  ['week', 7 * DAY - HOUR, 7 * DAY + HOUR],
  ['month', 28 * DAY - HOUR, 31 * DAY + HOUR],
  ['quarter', 90 * DAY - HOUR, 92 * DAY + HOUR],
  ['year', 365 * DAY - HOUR, 366 * DAY + HOUR],
];

/** So many of the gaps must be alike: work days have one in five that is longer. */
const ALIKE = 0.75;

/** The step between the places of an axis; null where they lie as they like. Times in ms, ascending. */
export function stepOf(times: readonly number[]): TimeStep | null {
  const gaps = times.slice(1).map((ms, at) => ms - (times[at] ?? ms));
  for (const [step, least, most] of STEPS) {
    const alike = gaps.filter((gap) => gap >= least && gap <= most).length;
    if (alike > 0 && alike >= gaps.length * ALIKE) return step;
  }
  return null;
}

/** The number of a place among all hours, days, … since 1970; weeks begin on Mondays. */
export function ordinalOf(ms: number, step: TimeStep): number {
  switch (step) {
    case 'hour':
      return Math.floor(ms / HOUR);
    case 'day':
      return mondayDay(ms);
    case 'week':
      return Math.floor(mondayDay(ms) / 7);
    case 'month':
      return monthOf(ms);
    case 'quarter':
      return Math.floor(monthOf(ms) / 3);
    case 'year':
      return new Date(ms).getUTCFullYear();
  }
}

function monthOf(ms: number): number {
  const date = new Date(ms);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Days since the first Monday of 1970, which was the fifth day of the year. */
function mondayDay(ms: number): number {
  return Math.floor(ms / DAY) - 4;
}
