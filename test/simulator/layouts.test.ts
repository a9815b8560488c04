import { expect, test } from 'vitest';
import { getReport, openSimulator } from './open-simulator.ts';
import { skeletonOf } from './report-skeleton.ts';

interface Expected {
  readonly id: string;
  readonly preamble: readonly string[];
  /** The start of the header; after it come columns that are counted. */
  readonly header: readonly string[];
  readonly columns: number;
  /** Body rows. */
  readonly rows: number;
}

const SHAPES: Readonly<Record<string, Expected>> = {
  daily: {
    id: 'q7m2xk4p',
    preamble: [
      'Daily buyers',
      'People who finished a checkout, per day.',
      '',
      'Uniques',
      'Order Completed',
    ],
    header: ['Segment', '2026-05-19'],
    columns: 31,
    rows: 1,
  },
  hourly: {
    id: 'b2t7hq0s',
    preamble: ['Visits by the hour', '', 'Totals', 'Page Viewed'],
    header: ['Segment', '2026-06-15T11:00:00', '2026-06-15T12:00:00'],
    columns: 49,
    rows: 1,
  },
  weekly: {
    id: 'w5k8zn1d',
    preamble: ['Weekly active shoppers', '', 'Uniques', 'Any Active Event'],
    header: ['Segment', '2026-03-30', '2026-04-06'],
    columns: 13,
    rows: 2,
  },
  monthly: {
    id: 'm9r4yj6f',
    preamble: ['Orders per month since opening', '', 'Totals', 'Order Completed'],
    header: ['Segment', '2025-01-01', '2025-02-01'],
    columns: 19,
    rows: 1,
  },
  'several events': {
    id: 'h3v9tb2c',
    preamble: [
      'From cart to order',
      '',
      'Totals',
      'Item Added',
      'Checkout Started',
      'Order Completed (Card, Voucher)',
    ],
    header: ['Event', '2026-05-19'],
    columns: 31,
    rows: 3,
  },
  'segments by events': {
    id: 'e-t5zq8kd',
    preamble: [
      'Search and wish lists, phone against desktop',
      '',
      'Uniques',
      'Search Submitted',
      'Wish List Opened',
    ],
    header: ['Segment', 'Event', '2026-05-19'],
    columns: 32,
    rows: 4,
  },
  'group-by': {
    id: 'g4n8wl3r',
    preamble: [
      'Buyers by country',
      'Ten countries, thirty days.',
      '',
      'Uniques',
      'Order Completed',
    ],
    header: ['Country', '2026-05-19'],
    columns: 31,
    rows: 10,
  },
  'several group-bys': {
    id: 'k1y6fs9m',
    preamble: ['Orders by country, platform and plan', '', 'Totals', 'Order Completed'],
    header: ['Country', 'Platform', 'Plan', '2026-03-30'],
    columns: 15,
    rows: 18,
  },
  'numeric property': {
    id: 'y2r8mod5',
    preamble: ['Spare parts ordered by model year', '', 'Totals', 'Part Ordered'],
    header: ['Model Year', '2026-03-30'],
    columns: 13,
    rows: 4,
  },
  '(none)': {
    id: 'n0r3f7kx',
    preamble: ['Visits by referrer', '', 'Totals', 'Page Viewed'],
    header: ['[Amplitude] Initial Referrer', '2026-06-11'],
    columns: 8,
    rows: 3,
  },
  'one value column': {
    id: 'z8d3rg5u',
    preamble: ['Buyers this month by plan', '', 'Uniques', 'Order Completed'],
    header: ['Plan', 'Uniques'],
    columns: 2,
    rows: 2,
  },
  'empty metric label': {
    id: 'x6c1pd8v',
    preamble: ['Checkout conversion %', '', ''],
    header: ['Segment', '2026-03-30'],
    columns: 13,
    rows: 3,
  },
  sessions: {
    id: 's0p5vn7j',
    preamble: ['Sessions (current year)', '', 'Total Sessions'],
    header: ['Segment', '2025-12-29T00:00:00', '2026-01-05T00:00:00'],
    columns: 26,
    rows: 3,
  },
  'average sessions': {
    id: 's1a6qm4t',
    preamble: ['Sessions per user (current year)', '', 'Average Sessions Per User'],
    header: ['Segment', '2025-12-29T00:00:00'],
    columns: 26,
    rows: 2,
  },
  'funnel over time': {
    id: 'f2x9kc7w',
    preamble: ['Visit to order conversion', '', 'Conversion Over Time|Overall'],
    header: ['Segment', 'Steps', '2026-03-30'],
    columns: 14,
    rows: 6,
  },
  'funnel steps': {
    id: 'f8j4nz1b',
    preamble: ['Checkout funnel, step by step', '', 'Conversion|Overall'],
    header: [
      'Segment',
      'Conversion',
      'Item Viewed',
      'Item Added',
      'Checkout Started',
      'Order Completed',
    ],
    columns: 6,
    rows: 3,
  },
  retention: {
    id: 'r3d7uq5y',
    preamble: [
      'Who comes back after signing up',
      '',
      'N Day Retention',
      'Account Created',
      'Any Active Event',
    ],
    header: ['Segment', 'Users', 'Day 0', 'Day 1'],
    columns: 10,
    rows: 9,
  },
  stickiness: {
    id: 'c6s2gh8e',
    preamble: ['Days active per week', '', 'Cumulative'],
    header: ['Segment', 'Users', '1 day', '2 days'],
    columns: 9,
    rows: 7,
  },
  'revenue LTV': {
    id: 'v9l4tm0a',
    preamble: ['Lifetime revenue of new buyers', '', 'Total Revenue'],
    header: ['Segment', 'New Users', 'Paying', 'Day 0', 'Day 1'],
    columns: 10,
    rows: 8,
  },
  lifecycle: {
    id: 'l5w1xp7i',
    preamble: ['Growth of active users', '', 'Lifecycle'],
    header: ['Active User Type', '2026-04-27', 'Dormant 2026-04-27', '2026-05-04'],
    columns: 17,
    rows: 4,
  },
  composition: {
    id: 'p8o3bk6n',
    preamble: ['Shoppers by device family', '', 'Uniques'],
    header: ['Device Family', 'Users', 'Percent'],
    columns: 3,
    rows: 4,
  },
  'data table': {
    id: 'd4t9ra2z',
    preamble: ['Orders by country and platform', ''],
    header: ['Country', 'Platform', 'Uniques', '', 'Event Totals', ''],
    columns: 8,
    rows: 11,
  },
  'data table, repeated header': {
    id: 'd7e1hv5q',
    preamble: ['Orders by country and platform, full header', ''],
    header: ['Country', 'Platform', 'Uniques', 'Uniques', 'Event Totals', 'Event Totals'],
    columns: 8,
    rows: 11,
  },
  'duplicate headers': {
    id: 'd2u6pl1h',
    preamble: ['Orders against target', '', 'Totals'],
    header: ['Segment', 'Totals', 'Target', 'Totals'],
    columns: 4,
    rows: 2,
  },
  'awkward texts': {
    id: 'a5u2qo9t',
    preamble: [
      'Coupons, by the text that people typed ("as is") 🎟',
      '',
      'Uniques',
      'Order Completed',
    ],
    header: ['Coupon "text", typed', '2026-06-11'],
    columns: 8,
    rows: 14,
  },
  'LF only': plain('l4f0nly7', 'Buyers, with line feeds'),
  BOM: plain('u8b0m3rk', 'Buyers, with a byte order mark'),
  'no tabs': plain('n0t4bs6w', 'Buyers, without tabs'),
  'header only': { ...plain('h0d1only', 'Buyers of a plan nobody has'), rows: 0 },
  'title only': {
    id: 't1tl3xz0',
    preamble: ['A chart about nothing yet'],
    header: [],
    columns: 0,
    rows: 0,
  },
  'URL first': {
    ...plain('u2r1f5st', ''),
    preamble: [
      'https://app.amplitude.com/analytics/plumvale/chart/u2r1f5st',
      'Buyers, with the chart’s address',
      '',
      'Uniques',
      'Order Completed',
    ],
  },
  'filter blocks': {
    ...plain('f1l7er5b', ''),
    preamble: [
      'Buyers on phones in two countries',
      'Without the people who work here.',
      '',
      'Uniques',
      'Order Completed',
      '',
      'Country is Brazil, Canada',
      'Platform is not Web',
      '',
      'Segment: User type is not Employee',
    ],
  },
  wide: {
    id: 'w1d310k0',
    preamble: ['Stock of 10,000 products', '', 'Totals'],
    header: ['Warehouse', 'Product 00001'],
    columns: 10_001,
    rows: 3,
  },
  sized: {
    id: 'bench-20x15-3',
    preamble: ['Products sold: 20 over 15 days (bench-20x15-3)', '', 'Totals', 'Product Sold'],
    header: ['Product', '2026-06-03'],
    columns: 16,
    rows: 20,
  },
};

function plain(id: string, title: string): Expected {
  const preamble = [title, '', 'Uniques', 'Order Completed'];
  return { id, preamble, header: ['Segment', '2026-06-11'], columns: 8, rows: 2 };
}

test.each(Object.entries(SHAPES))('%s', async (_, expected) => {
  const report = await getReport(await openSimulator(), expected.id);
  const { preamble, header, body } = skeletonOf(report);
  expect(preamble).toEqual(expected.preamble);
  expect(header.slice(0, expected.header.length)).toEqual(expected.header);
  expect(header).toHaveLength(expected.columns);
  expect(body).toHaveLength(expected.rows);
  expect(new Set(body.map((row) => row.length))).toEqual(
    new Set(expected.rows === 0 ? [] : [expected.columns]),
  );
});

test('every layout of a listed chart has its shape above', async () => {
  const simulator = await openSimulator();
  const layouts = new Set(simulator.charts().map((chart) => chart.layout));
  layouts.delete('unsupported');
  expect([...layouts].sort()).toEqual(Object.keys(SHAPES).sort());
});
