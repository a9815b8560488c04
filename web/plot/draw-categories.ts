import type { Point } from './plot-points.ts';
import type { CategoryDrawing } from './plot-spec.ts';
import { inOrder, itemOf, largestFirst, SERIES_AT_MOST } from './series-order.ts';

/** Bars beyond these cannot be seen, even zoomed. */
const CATEGORIES_AT_MOST = 500;
/** Names longer than this, or more than this many, do not fit beneath upright bars. */
const SHORT_NAME = 14;
const UPRIGHT_AT_MOST = 12;

/** "Day 0", "Week 4-7", "3 days", "0ms - 10m": places with an order, whose values make a curve. */
const STEP =
  /^(?:(?:minute|hour|day|week|month|quarter|year)s? \d+|\d+ (?:minute|hour|day|week|month|quarter|year)s?\b)/i;
/** Fewer places than this make no curve. */
const CURVE_FROM = 3;

/** Bars over names; lines where the names are steps of a curve, as in retention. */
export function drawCategories(points: readonly Point[]): CategoryDrawing {
  const xs = new Set(points.map(({ x }) => x));
  const names = new Set(points.map(({ series }) => series));
  const steps = [...xs].filter((x) => STEP.test(x)).length;
  const isCurve = steps >= CURVE_FROM && steps === xs.size;
  // What there is more of stands on the axis: bars of many colours are hard to compare.
  const turned = !isCurve && names.size > xs.size;
  const values = new Map<string, (number | null)[]>();
  const categories: string[] = [];
  const placeOf = new Map<string, number>();
  const taken = new Set<string>();
  for (const { x, series, value } of points) {
    const [place, name] = turned ? [series, x] : [x, series];
    const key = freeKey(taken, place, name);
    const at = itemOf(placeOf, key, () => categories.push(key) - 1);
    itemOf(values, name, () => [])[at] = value;
  }
  const kept = categories.slice(0, CATEGORIES_AT_MOST);
  const filled = new Map(
    [...values].map(([name, own]) => [name, kept.map((_, at) => own[at] ?? null)] as const),
  );
  const series = names.size === 1 || turned ? inOrder(filled) : largestFirst(filled);
  const longest = Math.max(0, ...kept.map((name) => name.length));
  return {
    kind: 'categories',
    mark: isCurve ? 'line' : 'bar',
    categories: kept,
    hiddenCategories: categories.length - kept.length,
    isHorizontal: !isCurve && (kept.length > UPRIGHT_AT_MOST || longest > SHORT_NAME),
    series: series.slice(0, SERIES_AT_MOST),
    hiddenSeries: Math.max(0, series.length - SERIES_AT_MOST),
  };
}

/** A place that is taken by the same series gets a number: no value stands for another. */
function freeKey(taken: Set<string>, place: string, name: string): string {
  let key = place;
  for (let n = 2; taken.has(JSON.stringify([key, name])); n += 1) key = `${place} (${n})`;
  taken.add(JSON.stringify([key, name]));
  return key;
}
