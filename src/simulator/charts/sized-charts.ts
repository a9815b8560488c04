import type { Activity } from '../product/activity.ts';
import { dateText, lastPeriods, periodAt } from '../product/calendar.ts';
import { queryCost } from '../product/query-cost.ts';
import { count, type Row, text, texts } from '../report/report.ts';
import type { ChartLayout, SavedChart } from './saved-chart.ts';

const SIZED_ID = /^bench-([1-9]\d{0,7})x([1-9]\d{0,4})-\d{1,6}$/;

/**
 * A chart of any size, by its id: `bench-<rows>x<days>-<n>`, such as `bench-10000x365-1`. Up to
 * 99,999,999 rows and 99,999 days; different `n` have different numbers. Most numbers have five digits.
 */
export function sizedChart(id: string): SavedChart | undefined {
  const [, rows, days] = SIZED_ID.exec(id) ?? [];
  if (rows === undefined || days === undefined) return undefined;
  const title = `Products sold: ${rows} over ${days} days (${id})`;
  return dailyChart(id, title, 'sized', Number(rows), Number(days));
}

/** Charts at the edges of what Amplitude exports (reference §1.5, §4). */
export const LARGE_CHARTS: readonly SavedChart[] = [
  dailyChart('l9g10k36', 'Products sold this year: 10,000 of them', 'sized', 10_000, 365),
  {
    id: 'w1d310k0',
    title: 'Stock of 10,000 products',
    layout: 'wide',
    interval: 'month',
    cost: queryCost({ kind: 'other', days: 30, segments: 3, groupBys: 1 }),
    report: (activity) => ({
      preamble: [[[text('Stock of 10,000 products')]], [[text('Totals')]]],
      table: wideTable(activity, 10_000),
    }),
  },
];

function dailyChart(
  id: string,
  title: string,
  layout: ChartLayout,
  rows: number,
  days: number,
): SavedChart {
  return {
    id,
    title,
    layout,
    interval: 'day',
    cost: queryCost({ kind: 'segmentation', days, segments: 1, groupBys: 1 }),
    report: (activity) => ({
      preamble: [[[text(title)]], [[text('Totals')], [text('Product Sold')]]],
      table: dailyTable(activity, rows, days),
    }),
  };
}

function* dailyTable(activity: Activity, rows: number, days: number): Generator<Row> {
  const periods = lastPeriods('day', days, activity.now);
  yield texts(['Product', ...periods.map((period) => dateText(period.start))]);
  for (let row = 1; row <= rows; row++) {
    const name = product(row);
    const series = activity.series(name, 20_000 + ((row * 7919) % 35_000));
    yield [text(name), ...periods.map((period) => count(series(period)))];
  }
}

function* wideTable(activity: Activity, columns: number): Generator<Row> {
  const names = Array.from({ length: columns }, (_, index) => product(index + 1));
  const month = periodAt('month', activity.now);
  yield texts(['Warehouse', ...names]);
  for (const warehouse of ['North', 'South', 'Harbour']) {
    const cells = names.map((name) => count(activity.series(`${warehouse} ${name}`, 12)(month)));
    yield [text(warehouse), ...cells];
  }
}

function product(number: number): string {
  return `Product ${String(number).padStart(5, '0')}`;
}
