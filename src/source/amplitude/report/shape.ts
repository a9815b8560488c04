import type { StreamShape } from '../../../stream/connector.ts';
import { readsAsDate } from './date-header.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Interval = NonNullable<StreamShape['interval']>;

/** The longest distance of two neighbouring periods of each interval, with the hours of a clock change. */
const INTERVALS: readonly (readonly [Interval, number])[] = [
  ['hour', 20 * HOUR_MS],
  ['day', 1.5 * DAY_MS],
  ['week', 10 * DAY_MS],
  ['month', 45 * DAY_MS],
  ['quarter', 120 * DAY_MS],
];

/** For how long Amplitude may give the same answer again, by interval and range (reference §1.4). */
const CACHES: Readonly<Record<Interval, readonly { periods: number; ms: number }[]>> = {
  hour: [{ periods: Number.POSITIVE_INFINITY, ms: 5 * 60_000 }],
  day: [
    { periods: 7, ms: HOUR_MS },
    { periods: 30, ms: 6 * HOUR_MS },
    { periods: Number.POSITIVE_INFINITY, ms: 18 * HOUR_MS },
  ],
  week: [
    { periods: 4, ms: 6 * HOUR_MS },
    { periods: 12, ms: 12 * HOUR_MS },
    { periods: Number.POSITIVE_INFINITY, ms: 48 * HOUR_MS },
  ],
  month: [
    { periods: 3, ms: 18 * HOUR_MS },
    { periods: 6, ms: 48 * HOUR_MS },
    { periods: Number.POSITIVE_INFINITY, ms: 96 * HOUR_MS },
  ],
  quarter: [
    { periods: 2, ms: 18 * HOUR_MS },
    { periods: 3, ms: 72 * HOUR_MS },
    { periods: Number.POSITIVE_INFINITY, ms: 96 * HOUR_MS },
  ],
  year: [{ periods: Number.POSITIVE_INFINITY, ms: 96 * HOUR_MS }],
};

/**
 * What kind of table a report has, from the names of its value columns.
 *
 * @param records body rows × segments
 */
export function shapeOf(segments: readonly string[], records: number): StreamShape {
  const rows = segments.length === 0 ? 0 : records / segments.length;
  const size = { rows, segments: segments.length };
  if (records === 0) return { layout: 'empty', interval: null, cacheMs: null, ...size };
  if (!segments.every(readsAsDate)) {
    return { layout: 'categories', interval: null, cacheMs: null, ...size };
  }
  const interval = intervalOf(segments);
  return { layout: 'time_series', interval, cacheMs: cacheOf(interval, segments.length), ...size };
}

/** The interval that fits the shortest distance of two neighbours: a report may leave periods out, never in. */
function intervalOf(segments: readonly string[]): StreamShape['interval'] {
  if (segments.some((segment) => /Q[1-4]/.test(segment))) return 'quarter';
  const starts = segments.map(startOf).filter((start) => !Number.isNaN(start));
  const gaps = starts.slice(1).map((start, at) => Math.abs(start - (starts[at] ?? start)));
  const shortest = Math.min(...gaps.filter((gap) => gap > 0));
  if (!Number.isFinite(shortest)) return null;
  return INTERVALS.find(([, longest]) => shortest <= longest)?.[0] ?? 'year';
}

/** Milliseconds since the epoch, as far as distances need it; a header without a year gets one. */
function startOf(segment: string): number {
  const named = segment.replace(/^[A-Z][a-z]+, /, '');
  if (/^\d/.test(named)) return Date.parse(named);
  return Date.parse(/\d{4}$/.test(named) ? `${named} UTC` : `${named}, 2024 UTC`);
}

function cacheOf(interval: StreamShape['interval'], periods: number): number | null {
  if (interval === null) return null;
  return CACHES[interval].find((cache) => periods <= cache.periods)?.ms ?? null;
}
