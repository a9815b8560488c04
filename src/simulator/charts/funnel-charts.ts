import type { Activity } from '../product/activity.ts';
import { lastPeriods, periodAt } from '../product/calendar.ts';
import { queryCost } from '../product/query-cost.ts';
import { count, decimal, type Row, text, texts } from '../report/report.ts';
import type { SavedChart } from './saved-chart.ts';
import { ratiosOf, timeSeriesChart } from './time-series-chart.ts';

const WEEKS = 12;

/** A conversion over time, next to the same weeks of the year before (reference §3.5). */
const FUNNEL_OVER_TIME = timeSeriesChart({
  id: 'f2x9kc7w',
  title: 'Visit to order conversion',
  layout: 'funnel over time',
  interval: 'week',
  cost: queryCost({ kind: 'funnel', days: 7 * WEEKS, segments: 3, conditions: 2, events: 3 }),
  periods: (now) => lastPeriods('week', WEEKS, now),
  metric: ['Conversion Over Time', 'Overall'],
  labels: ['Segment', 'Steps'],
  // The rows of the previous period stand under the dates of the current one.
  rows: ['', '[Previous] '].flatMap((previous) => [
    { labels: [`${previous}Web`, 'Entire Funnel'], perDay: 9100 },
    { labels: [`${previous}App`, 'Entire Funnel'], perDay: 5300 },
    { labels: [`${previous}App + Web`, 'Entire Funnel'], perDay: 14_000 },
  ]),
  measure: ratiosOf(0.27),
});

const STEPS = ['Item Viewed', 'Item Added', 'Checkout Started', 'Order Completed'] as const;

/** A funnel over the last 30 days: the whole conversion, then the people at each step (reference §4). */
const FUNNEL_STEPS: SavedChart = {
  id: 'f8j4nz1b',
  title: 'Checkout funnel, step by step',
  layout: 'funnel steps',
  interval: 'day',
  cost: queryCost({ kind: 'funnel', days: 30, segments: 3, conditions: 2, events: STEPS.length }),
  report: (activity) => ({
    preamble: [[[text('Checkout funnel, step by step')]], [[text('Conversion'), text('Overall')]]],
    table: [
      texts(['Segment', 'Conversion', ...STEPS]),
      stepsRow(activity, 'All Users', 9000),
      stepsRow(activity, 'Phone', 5200),
      stepsRow(activity, 'Desktop', 3900),
    ],
  }),
};

function stepsRow(activity: Activity, segment: string, perDay: number): Row {
  const first = activity.series(segment, perDay);
  let people = 0;
  for (const day of lastPeriods('day', 30, activity.now)) people += first(day);
  const month = periodAt('month', activity.now);
  const entered = people;
  const counts = STEPS.map((step, index) => {
    if (index > 0) people = Math.floor(people * activity.rate(`${segment} ${step}`, month, 0.62));
    return people;
  });
  return [text(segment), decimal(entered === 0 ? 0 : people / entered), ...counts.map(count)];
}

export const FUNNEL_CHARTS: readonly SavedChart[] = [FUNNEL_OVER_TIME, FUNNEL_STEPS];
