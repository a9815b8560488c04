import { DAY, HOUR, type Interval } from './calendar.ts';

/**
 * How old a cached answer may be, in ms, by the chart's interval.
 *
 * Amplitude caches for 5 min to 96 h, by interval and range (reference §1.4). These are of that kind,
 * but divide a day, so that a new period is seen as soon as it starts.
 */
const MAXIMUM_AGE: Readonly<Record<Interval, number>> = {
  hour: HOUR / 12,
  day: HOUR,
  week: DAY / 4,
  month: DAY / 2,
};

/**
 * The moment that an answer given at `now` shows. Two answers within the same span of the cache are
 * equal, as they are at Amplitude.
 */
export function answeredAsOf(interval: Interval, now: number): number {
  const age = MAXIMUM_AGE[interval];
  return Math.floor(now / age) * age;
}
