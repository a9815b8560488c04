import { lastPeriods } from '../product/calendar.ts';
import { queryCost } from '../product/query-cost.ts';
import { count, text, texts } from '../report/report.ts';
import type { SavedChart } from './saved-chart.ts';
import { type TimeSeriesChart, timeSeriesChart } from './time-series-chart.ts';

/** The same plain week of numbers, so that only what is odd about a report differs. */
export function plainChart(
  chart: Pick<TimeSeriesChart, 'id' | 'title' | 'layout'> & Partial<TimeSeriesChart>,
): SavedChart {
  return timeSeriesChart({
    interval: 'day',
    cost: queryCost({ kind: 'segmentation', days: 7, segments: 1 }),
    periods: (now) => lastPeriods('day', 7, now),
    metric: ['Uniques'],
    events: ['Order Completed'],
    labels: ['Segment'],
    rows: [
      { labels: ['New Users'], perDay: 640 },
      { labels: ['Returning Users'], perDay: 1750 },
    ],
    ...chart,
  });
}

/** Texts that a careless reader of CSV, JSON or Unicode takes apart wrongly. */
const AWKWARD_LABELS = [
  'Comma, and, more',
  'She said "soon"',
  '"',
  'Two\nlines',
  'Two\r\nlines',
  'A\ttab inside',
  ' spaces around ',
  '=SUM(A1)',
  '-12',
  'back\\slash \\t \\u0041',
  'Straße – naïve – Ελλάδα',
  'مرحبا בקר טוב',
  '東京都',
  '👩‍🚀🎉',
] as const;

/** Reports that say the usual in an unusual way (reference §3.7, §9). */
export const SPELLING_CHARTS: readonly SavedChart[] = [
  plainChart({
    id: 'a5u2qo9t',
    title: 'Coupons, by the text that people typed ("as is") 🎟',
    layout: 'awkward texts',
    labels: ['Coupon "text", typed'],
    rows: AWKWARD_LABELS.map((label) => ({ labels: [label], perDay: 90 })),
  }),
  {
    id: 'd2u6pl1h',
    title: 'Orders against target',
    layout: 'duplicate headers',
    interval: 'day',
    cost: queryCost({ kind: 'other', days: 7, segments: 1 }),
    report: (activity) => {
      const days = lastPeriods('day', 7, activity.now);
      const rows = ['Web', 'App'].map((segment) => {
        const measures = ['Orders', 'Target', 'Orders of the year before'].map((measure) => {
          const series = activity.series(`${segment} ${measure}`, 800);
          return count(days.reduce((sum, day) => sum + series(day), 0));
        });
        return [text(segment), ...measures];
      });
      return {
        preamble: [[[text('Orders against target')]], [[text('Totals')]]],
        table: [texts(['Segment', 'Totals', 'Target', 'Totals']), ...rows],
      };
    },
  },
  plainChart({
    id: 'l4f0nly7',
    title: 'Buyers, with line feeds',
    layout: 'LF only',
    spelling: { lineEnd: '\n' },
  }),
  plainChart({
    id: 'u8b0m3rk',
    title: 'Buyers, with a byte order mark',
    layout: 'BOM',
    spelling: { byteOrderMark: true },
  }),
  plainChart({
    id: 'n0t4bs6w',
    title: 'Buyers, without tabs',
    layout: 'no tabs',
    spelling: { tabs: false },
  }),
  plainChart({
    id: 'h0d1only',
    title: 'Buyers of a plan nobody has',
    layout: 'header only',
    rows: [],
  }),
  {
    id: 't1tl3xz0',
    title: 'A chart about nothing yet',
    layout: 'title only',
    interval: 'day',
    cost: queryCost({ kind: 'other', days: 1, segments: 1 }),
    report: () => ({ preamble: [[[text('A chart about nothing yet')]]], table: [] }),
  },
  plainChart({
    id: 'u2r1f5st',
    title: 'Buyers, with the chart’s address',
    layout: 'URL first',
    url: 'https://app.amplitude.com/analytics/plumvale/chart/u2r1f5st',
  }),
  plainChart({
    id: 'f1l7er5b',
    title: 'Buyers on phones in two countries',
    description: 'Without the people who work here.',
    layout: 'filter blocks',
    filters: [
      ['Country is Brazil, Canada', 'Platform is not Web'],
      ['Segment: User type is not Employee'],
    ],
  }),
];
