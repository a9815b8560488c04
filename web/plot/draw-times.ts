import type { Point } from './plot-points.ts';
import type { TimeDrawing } from './plot-spec.ts';
import { readDate } from './read-date.ts';
import { itemOf, largestFirst, SERIES_AT_MOST } from './series-order.ts';
import { stepOf } from './time-step.ts';

/** Lines over time; null if any place of the axis is no date. */
export function drawTimes(points: readonly Point[]): TimeDrawing | null {
  const dates = new Map<string, ReturnType<typeof readDate>>();
  for (const { x } of points) {
    if (dates.has(x)) continue;
    const date = readDate(x);
    if (date === null) return null;
    dates.set(x, date);
  }
  if (dates.size === 0) return null;
  // A place for each text, not for each ms: the hour that comes twice when clocks go back has two.
  const places = [...dates]
    .flatMap(([x, date]) => (date === null ? [] : [{ key: placeKey(x, date.prefix), date }]))
    .sort((one, other) => one.date.ms - other.date.ms || (one.key < other.key ? -1 : 1));
  const placeOf = new Map<string, number>();
  const times: number[] = [];
  for (const { key, date } of places) {
    if (placeOf.has(key)) continue;
    placeOf.set(key, times.length);
    times.push(date.ms);
  }
  const values = new Map<string, (number | null)[]>();
  for (const { x, series, value } of points) {
    const prefix = dates.get(x)?.prefix ?? '';
    const name = [series, prefix].filter((part) => part !== '').join(' · ');
    const own = itemOf(values, name, () => times.map(() => null));
    const place = placeOf.get(placeKey(x, prefix));
    if (place !== undefined) own[place] = value;
  }
  const series = largestFirst(values);
  return {
    kind: 'time',
    mark: 'line',
    times,
    hasHours: places.some(({ date }) => date.hasHours),
    step: stepOf(times),
    series: series.slice(0, SERIES_AT_MOST),
    hiddenSeries: Math.max(0, series.length - SERIES_AT_MOST),
  };
}

function placeKey(x: string, prefix: string): string {
  return x.slice(prefix.length).trim();
}
