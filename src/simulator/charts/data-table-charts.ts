import type { Activity } from '../product/activity.ts';
import { lastPeriods } from '../product/calendar.ts';
import { queryCost } from '../product/query-cost.ts';
import { BLANK, type Cell, count, decimal, type Row, text } from '../report/report.ts';
import type { ChartLayout, SavedChart } from './saved-chart.ts';

const DAYS = 30;
const METRICS = ['Uniques', 'Event Totals', 'Revenue per Order'] as const;
const GROUPS = [
  { country: 'Brazil', platforms: ['Android', 'iOS', 'Web'] },
  { country: 'Canada', platforms: ['iOS', 'Web'] },
  { country: '(none)', platforms: ['Web'] },
] as const;

/**
 * Data tables: metrics above periods in a header of two rows, `Overall`, then groups within groups,
 * whose repeated names are left blank (reference §3.7, §4; DESIGN §2.2 rules 6 and 7).
 */
export const DATA_TABLE_CHARTS: readonly SavedChart[] = [
  dataTable('d4t9ra2z', 'Orders by country and platform', 'data table', false),
  dataTable(
    'd7e1hv5q',
    'Orders by country and platform, full header',
    'data table, repeated header',
    true,
  ),
];

function dataTable(
  id: string,
  title: string,
  layout: ChartLayout,
  repeatUpper: boolean,
): SavedChart {
  return {
    id,
    title,
    layout,
    interval: 'day',
    cost: queryCost({ kind: 'other', days: 2 * DAYS, segments: 1, groupBys: 2 }),
    // A title and empty rows stand above such a table, and no metric (reference §3.7).
    report: (activity) => ({
      preamble: [[[text(title)]], []],
      table: table(activity, repeatUpper),
    }),
  };
}

function* table(activity: Activity, repeatUpper: boolean): Generator<Row> {
  const upper = METRICS.flatMap((metric) => [text(metric), repeatUpper ? text(metric) : BLANK]);
  yield [text('Country'), text('Platform'), ...upper];
  const lower = METRICS.flatMap(() => [text('Current Period'), text('Previous Period')]);
  yield [BLANK, BLANK, ...lower];
  yield [text('Overall'), BLANK, ...values(activity, 'Overall', 1100)];
  for (const { country, platforms } of GROUPS) {
    yield [text(country), BLANK, ...values(activity, country, 180 * platforms.length)];
    for (const platform of platforms) {
      yield [BLANK, text(platform), ...values(activity, `${country} ${platform}`, 180)];
    }
  }
}

function values(activity: Activity, group: string, perDay: number): readonly Cell[] {
  const days = lastPeriods('day', 2 * DAYS, activity.now);
  const [previous, current] = [days.slice(0, DAYS), days.slice(DAYS)];
  const sum = (name: string, level: number, range: typeof days) => {
    const series = activity.series(`${name} ${group}`, level);
    return range.reduce((total, day) => total + series(day), 0);
  };
  const users = [current, previous].map((range) => sum('Uniques', perDay, range));
  const orders = [current, previous].map((range) => sum('Event Totals', 1.4 * perDay, range));
  const revenue = [current, previous].map((range) => sum('Revenue', 40 * perDay, range));
  // A formula with nothing to divide by shows `-` (reference §1.6); this group has never paid.
  const perOrder = orders.map((number, index) =>
    group.startsWith('(none)') ? '-' : decimal(number === 0 ? 0 : (revenue[index] ?? 0) / number),
  );
  return [...users.map(count), ...orders.map(count), ...perOrder];
}
