import { expect, test } from 'vitest';
import { getReport, openSimulator } from './open-simulator.ts';
import { skeletonOf } from './report-skeleton.ts';

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
