import { dateTimeText, periodsSince, yearStart } from '../product/calendar.ts';
import { queryCost } from '../product/query-cost.ts';
import type { SavedChart } from './saved-chart.ts';
import { ratiosOf, timeSeriesChart } from './time-series-chart.ts';

const weeksOfThisYear = (now: number) => periodsSince('week', yearStart(now), now);

/** User Sessions: their column headers carry a time (reference §3.2, §3.3). */
export const SESSION_CHARTS: readonly SavedChart[] = [
  timeSeriesChart({
    id: 's0p5vn7j',
    title: 'Sessions (current year)',
    layout: 'sessions',
    interval: 'week',
    cost: queryCost({ kind: 'sessions', days: 365, segments: 1 }),
    periods: weeksOfThisYear,
    heading: dateTimeText,
    metric: ['Total Sessions'],
    labels: ['Segment'],
    rows: [
      { labels: ['App'], perDay: 23_000 },
      { labels: ['Web'], perDay: 81_000 },
      // Less than both together: a session may use both.
      { labels: ['App + Web'], perDay: 84_000 },
    ],
  }),
  timeSeriesChart({
    id: 's1a6qm4t',
    title: 'Sessions per user (current year)',
    layout: 'average sessions',
    interval: 'week',
    cost: queryCost({ kind: 'sessions', days: 365, segments: 1 }),
    periods: weeksOfThisYear,
    heading: dateTimeText,
    metric: ['Average Sessions Per User'],
    labels: ['Segment'],
    rows: [
      { labels: ['App'], perDay: 10_600 },
      { labels: ['Web'], perDay: 47_000 },
    ],
    measure: ratiosOf(2.1),
  }),
];
