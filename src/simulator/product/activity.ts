import { DAY, elapsed, HOUR, type Interval, type Period, periodAt } from './calendar.ts';
import { mix, mixText, unit } from './hash.ts';

/** A correction of the past: from `at` (ms) on, some values of periods that were over by then differ. */
export interface Restatement {
  readonly at: number;
  /** The part of the older values that changes, 0 to 1. The newest complete period always does. */
  readonly share: number;
}

/** How often something happened in a period: a whole number, 0 or more. */
export type Series = (period: Period) => number;

/**
 * What the people of the made-up product did, as one chart sees it. All of it follows from a seed and
 * the clock: equal seeds and moments give equal numbers, in any order and any process.
 */
export interface Activity {
  /** The moment that the numbers show, in ms. Later periods are empty, the running one is partial. */
  readonly now: number;
  /** The series of a name; `perDay` is its usual daily number. */
  series(name: string, perDay: number): Series;
  /** A rate near `around` that belongs to a name and a period, and never changes. */
  rate(name: string, period: Period, around: number): number;
}

export interface ActivityOptions {
  readonly seed: number;
  readonly chartId: string;
  readonly now: number;
  readonly restatements: readonly Restatement[];
}

/** The product is as large as `perDay` says at this time, and grows by a tenth of it every year. */
const REFERENCE_TIME = Date.UTC(2025, 0, 1);
const YEAR = 365 * DAY;
/** Monday to Sunday: people shop less at the weekend. */
const WEEKDAYS = [1.06, 1.08, 1.05, 1.04, 1, 0.84, 0.78] as const;
const INTERVALS: readonly Interval[] = ['hour', 'day', 'week', 'month'];

export function activityOf(options: ActivityOptions): Activity {
  const base = mixText(mix(0, options.seed), options.chartId);
  const corrections = options.restatements.map((restatement, index) =>
    correction(restatement, mix(base, index + 1)),
  );
  return {
    now: options.now,
    series(name, perDay) {
      const key = mixText(base, name);
      return (period) => {
        const cell = mix(key, period.start / HOUR);
        const days = (period.end - period.start) / DAY;
        const usual = perDay * days * season(period) * (0.9 + 0.2 * unit(cell));
        let value = Math.floor(usual * elapsed(period, options.now));
        for (const correct of corrections) value += correct(period, cell, value);
        return value;
      };
    },
    rate(name, period, around) {
      return around * (0.9 + 0.2 * unit(mix(mixText(base, name), period.start / HOUR)));
    },
  };
}

function season(period: Period): number {
  const growth = Math.max(0.5, 1 + (0.1 * (period.start - REFERENCE_TIME)) / YEAR);
  if (period.interval === 'week' || period.interval === 'month') return growth;
  const monday = periodAt('week', period.start).start;
  const weekday = WEEKDAYS[Math.floor((period.start - monday) / DAY)] ?? 1;
  if (period.interval === 'day') return growth * weekday;
  // Least at four in the morning, most at four in the afternoon.
  const hour = new Date(period.start).getUTCHours();
  return growth * weekday * (1 - 0.6 * Math.cos(((hour - 4) * Math.PI) / 12));
}

/** What a restatement adds to a value: late events always add at least one, so that it shows. */
function correction(
  restatement: Restatement,
  key: number,
): (period: Period, cell: number, value: number) => number {
  const running = new Map(
    INTERVALS.map((interval) => [interval, periodAt(interval, restatement.at).start]),
  );
  return (period, cell, value) => {
    if (period.end > restatement.at) return 0;
    const drawn = mix(cell, key);
    const newest = running.get(period.interval) === period.end;
    if (!newest && unit(drawn) >= restatement.share) return 0;
    return 1 + Math.floor(value * 0.05 * unit(mix(drawn, 1)));
  };
}
