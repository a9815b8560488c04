/** How long one column of a chart over time lasts. Weeks start on Monday (reference §3.2). */
export type Interval = 'hour' | 'day' | 'week' | 'month';

/** One hour, day, week or month. Times are ms since the epoch; `end` belongs to the next period. */
export interface Period {
  readonly interval: Interval;
  readonly start: number;
  readonly end: number;
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** 1970-01-05, the first Monday of the epoch. */
const FIRST_MONDAY = 4 * DAY;

/** The period that holds a moment. The simulated projects are in UTC. */
export function periodAt(interval: Interval, time: number): Period {
  if (interval === 'month') {
    const date = new Date(time);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    return { interval, start: Date.UTC(year, month), end: Date.UTC(year, month + 1) };
  }
  const length = interval === 'hour' ? HOUR : interval === 'day' ? DAY : WEEK;
  const origin = interval === 'week' ? FIRST_MONDAY : 0;
  const start = Math.floor((time - origin) / length) * length + origin;
  return { interval, start, end: start + length };
}

/** The running period and the ones before it, `count` in all, oldest first. */
export function lastPeriods(interval: Interval, count: number, now: number): readonly Period[] {
  const periods = [periodAt(interval, now)];
  for (let oldest = periods[0]; oldest !== undefined && periods.length < count; ) {
    oldest = periodAt(interval, oldest.start - 1);
    periods.push(oldest);
  }
  return periods.reverse();
}

/** Every period from the one that holds `since` to the running one, oldest first. */
export function periodsSince(interval: Interval, since: number, now: number): readonly Period[] {
  const periods: Period[] = [];
  for (let time = Math.min(since, now); time <= now; ) {
    const period = periodAt(interval, time);
    periods.push(period);
    time = period.end;
  }
  return periods;
}

/** The start of the calendar year that holds a moment. */
export function yearStart(now: number): number {
  return Date.UTC(new Date(now).getUTCFullYear(), 0);
}

/** The part of a period that is over: 0 before it starts, 1 from its end on. */
export function elapsed(period: Period, now: number): number {
  return Math.min(1, Math.max(0, (now - period.start) / (period.end - period.start)));
}

/** `2026-06-01` */
export function dateText(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** `2026-06-01T13:00:00` */
export function dateTimeText(time: number): string {
  return new Date(time).toISOString().slice(0, 19);
}

/** `Jan 07`: the cohorts of a retention table (reference §4). */
export function monthDayText(time: number): string {
  return new Intl.DateTimeFormat('en-US', {
    month: 'short',
    day: '2-digit',
    timeZone: 'UTC',
  }).format(time);
}

/** `Nov 25, 2024`: the cohorts of a stickiness table (reference §4). */
export function monthDayYearText(time: number): string {
  return `${monthDayText(time)}, ${new Date(time).getUTCFullYear()}`;
}
