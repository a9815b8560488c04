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

async function tableOf(chartId: string) {
  return skeletonOf(await getReport(await openSimulator(), chartId)).body;
}

test('text cells start with a tab and numbers do not', async () => {
  const report = await getReport(await openSimulator(), 'y2r8mod5');
  expect(report).toMatch(/\r\n"\t2024","\d+","\d+"/);
  expect(report).toMatch(/\r\n\r\n"\tModel Year","\t2026-03-30",/);
  expect(report.endsWith('"\r\n')).toBe(true);
});

test('spellings differ only where they say', async () => {
  const simulator = await openSimulator();
  const [lineFeeds, mark, tabs] = await Promise.all(
    ['l4f0nly7', 'u8b0m3rk', 'n0t4bs6w'].map((id) => getReport(simulator, id)),
  );
  expect(lineFeeds).not.toContain('\r');
  expect(mark?.startsWith('\ufeff"\tBuyers')).toBe(true);
  expect(tabs).not.toContain('\t');
});

test('the metric label can be a cell that holds only a tab', async () => {
  expect(await getReport(await openSimulator(), 'x6c1pd8v')).toContain('\r\n\r\n"\t"\r\n\r\n');
});

test('awkward texts arrive as they are', async () => {
  const labels = (await tableOf('a5u2qo9t')).map(([label]) => label);
  expect(labels).toEqual(
    expect.arrayContaining([
      'Comma, and, more',
      'She said "soon"',
      '"',
      'Two\nlines',
      'Two\r\nlines',
      'A\ttab inside',
      ' spaces around ',
      'back\\slash \\t \\u0041',
      'مرحبا בקר טוב',
      '👩‍🚀🎉',
    ]),
  );
});

test('ratios are raw fractions with full precision', async () => {
  for (const row of [...(await tableOf('x6c1pd8v')), ...(await tableOf('s1a6qm4t'))]) {
    expect(row.slice(1).filter((cell) => !/^\d\.\d+$/.test(cell))).toEqual([]);
  }
});

test('the previous period stands under the current dates', async () => {
  const labels = (await tableOf('f2x9kc7w')).map((row) => row.slice(0, 2).join('|'));
  expect(labels).toEqual([
    'Web|Entire Funnel',
    'App|Entire Funnel',
    'App + Web|Entire Funnel',
    '[Previous] Web|Entire Funnel',
    '[Previous] App|Entire Funnel',
    '[Previous] App + Web|Entire Funnel',
  ]);
});

test('a funnel narrows, and its conversion is the last step over the first', async () => {
  for (const [, conversion, ...steps] of await tableOf('f8j4nz1b')) {
    const people = steps.map(Number);
    expect([...people].sort((a, b) => b - a)).toEqual(people);
    expect(Number(conversion)).toBe((people.at(-1) ?? 0) / (people[0] ?? 0));
  }
});

test('retention: percents, open days with an asterisk, days to come blank', async () => {
  const [all, oldest, ...later] = await tableOf('r3d7uq5y');
  expect(all?.[0]).toBe('All Users');
  expect(oldest?.[0]).toBe('Jun 10');
  expect(oldest?.slice(2, -1).every((cell) => /^\d+\.\d%$/.test(cell))).toBe(true);
  expect(oldest?.at(-1)).toMatch(/^\d+\.\d%\*$/);
  expect(later.at(-1)).toEqual([
    'Jun 17',
    expect.stringMatching(/^\d+$/),
    '100.0%*',
    ...Array(7).fill(''),
  ]);
});

test('stickiness: open weeks with an asterisk before the percent', async () => {
  const rows = await tableOf('c6s2gh8e');
  expect(rows.map(([label]) => label)).toEqual([
    'All Users',
    'May 11, 2026',
    'May 18, 2026',
    'May 25, 2026',
    'Jun 01, 2026',
    'Jun 08, 2026',
    'Jun 15, 2026',
  ]);
  expect(rows[1]?.slice(2).every((cell) => /^\d+\.\d%$/.test(cell))).toBe(true);
  expect(
    rows
      .at(-1)
      ?.slice(2)
      .every((cell) => /^\*\d+\.\d%$/.test(cell)),
  ).toBe(true);
});

test('lifetime revenue: dollars that only grow, open days with an asterisk behind', async () => {
  const rows = await tableOf('v9l4tm0a');
  expect(rows[1]?.slice(3, -1).every((cell) => /^\$\d,\d{3}$/.test(cell))).toBe(true);
  expect(rows[1]?.at(-1)).toMatch(/^\$\d,\d{3}\*$/);
  const paid = rows[1]?.slice(3).map((cell) => Number(cell.replace(/[$,*]/g, ''))) ?? [];
  expect([...paid].sort((a, b) => a - b)).toEqual(paid);
});

test('lifecycle: those who left are negative, and the last row is the sum', async () => {
  const rows = (await tableOf('l5w1xp7i')).map(([label, ...cells]) => ({
    label,
    numbers: cells.map(Number),
  }));
  const sum = rows.pop();
  expect(sum?.label).toBe('Column Sum');
  for (const [column, total] of (sum?.numbers ?? []).entries()) {
    expect(Math.sign(total)).toBe(column % 2 === 0 ? 1 : -1);
    expect(rows.reduce((all, row) => all + (row.numbers[column] ?? 0), 0)).toBe(total);
  }
});

test('composition: the percents add up to a hundred', async () => {
  const percents = (await tableOf('p8o3bk6n')).map((row) => Number(row[2]?.replace('%', '')));
  expect(percents.reduce((sum, percent) => sum + percent, 0)).toBeCloseTo(100, 0);
});

test('data table: a second header row, Overall, and groups whose names stand once', async () => {
  const [lower, ...rows] = await tableOf('d4t9ra2z');
  expect(lower).toEqual(['', '', ...Array(3).fill(['Current Period', 'Previous Period']).flat()]);
  expect(rows.map(([country, platform]) => `${country}|${platform}`)).toEqual([
    'Overall|',
    'Brazil|',
    '|Android',
    '|iOS',
    '|Web',
    'Canada|',
    '|iOS',
    '|Web',
    '(none)|',
    '|Web',
  ]);
  expect(rows.at(-1)?.slice(-2)).toEqual(['-', '-']);
});
