import { describe, expect, it } from 'vitest';
import { ChartliftError } from '../../errors.ts';
import { parseChartLink, parseChartList } from './chart-link.ts';

function problemOf(text: string) {
  const { ids, problems } = parseChartList(text);
  expect(ids).toEqual([]);
  expect(problems).toHaveLength(1);
  return problems[0];
}

describe('one chart', () => {
  it.each([
    // Ids of reference §7.
    ['erm22ws', 'erm22ws'],
    ['5vbaz782', '5vbaz782'],
    ['e-czvqr8g', 'e-czvqr8g'],
    ['  abc123\n', 'abc123'],
    ['"abc123"', 'abc123'],
    // Addresses of the source document.
    ['https://analytics.amplitude.com/org-name/chart/abc123def', 'abc123def'],
    [
      'https://analytics.amplitude.com/org-name/workspace/project-name/analyze/chart?id=xyz789',
      'xyz789',
    ],
    // Addresses of reference §7.
    ['https://analytics.amplitude.com/demo/chart/abc123', 'abc123'],
    ['https://app.amplitude.com/analytics/org-slug/chart/abc123', 'abc123'],
    // Variations.
    ['https://app.amplitude.com/analytics/org/chart/abc123/edit/def456', 'abc123'],
    ['https://app.amplitude.com/analytics/org/chart/abc123/', 'abc123'],
    ['https://app.amplitude.com/analytics/org/chart/abc123?source=x%2Cy&id=other', 'abc123'],
    ['https://app.amplitude.com/analytics/org/chart/abc123#/chart/other', 'abc123'],
    ['https://app.amplitude.com/analytics/org/analyze/chart/?view=1&id=xyz', 'xyz'],
    ['https://app.amplitude.com/analytics/org/dashboard/dash1/chart/abc123', 'abc123'],
    ['https://analytics.eu.amplitude.com/org/chart/abc123', 'abc123'],
    ['https://app.eu.amplitude.com/analytics/org/chart/abc123', 'abc123'],
    ['https://amplitude.com/api/3/chart/abc123/csv', 'abc123'],
    ['http://analytics.amplitude.com/demo/chart/abc123', 'abc123'],
    ['analytics.amplitude.com/demo/chart/abc123', 'abc123'],
    ['HTTPS://Analytics.Amplitude.com/demo/chart/AbC123', 'AbC123'],
    ['<https://analytics.amplitude.com/demo/chart/abc123>', 'abc123'],
    ['https://analytics.amplitude.com/demo/chart/abc123.', 'abc123'],
    ['(abc123):', 'abc123'],
    ['https://analytics.amplitude.com/chart/chart/abc123', 'abc123'],
    ['https://analytics.amplitude.com/chart/abc123', 'abc123'],
  ])('%s is %s', (text, id) => {
    expect(parseChartLink(text)).toBe(id);
    expect(parseChartList(text)).toEqual({ ids: [id], problems: [] });
  });

  it.each([
    ['new', 'not been saved'],
    ['https://app.amplitude.com/analytics/org/chart/new', 'not been saved'],
    ['https://app.amplitude.com/analytics/org/chart/new/abc123', 'not been saved'],
    ['https://app.amplitude.com/analytics/share/0123456789abcdef0123456789abcdef', 'share link'],
    ['https://analytics.amplitude.com/share/0123456789abcdef0123456789abcdef', 'share link'],
    ['https://app.amplitude.com/analytics/org/dashboard/dash123', 'is a dashboard'],
    ['https://app.amplitude.com/analytics/org/notebook/abc123', "not a chart's address"],
    ['https://app.amplitude.com/analytics/org/chart', 'does not name a chart'],
    ['https://app.amplitude.com/analytics/org/chart?id=', 'not a chart id'],
    ['https://app.amplitude.com/analytics/org/chart/a%2Fb', 'not a chart id'],
    ['https://example.com/demo/chart/abc123', 'not an address at amplitude.com'],
    ['https://amplitude.com.evil.example/demo/chart/abc123', 'not an address at amplitude.com'],
    ['https://notamplitude.com/demo/chart/abc123', 'not an address at amplitude.com'],
    ['ftp://analytics.amplitude.com/demo/chart/abc123', 'neither a chart id nor an address'],
    ['javascript:alert(1)', 'neither a chart id nor an address'],
    ['https://', 'neither a chart id nor an address'],
    ['dashboard', 'not a chart id'],
    ['ümlaut', 'not a chart id'],
    ['a'.repeat(65), 'not a chart id'],
    [`https://amplitude.com/chart/${'a'.repeat(2_000)}`, 'too long'],
  ])('%s is refused: it %s', (text, reason) => {
    const problem = problemOf(text);
    expect(problem?.reason).toContain(reason);
    expect(problem?.hint).toMatch(/chart/);
    expect(problem?.input.length).toBeLessThanOrEqual(81);
  });

  it('that is a key pasted into the wrong field is not repeated', () => {
    const problem = problemOf('0123456789abcdef0123456789abcdef');
    expect(problem?.reason).toContain('looks like a key');
    expect(problem?.input).toBe('0123… (32 characters)');
  });

  it('must be exactly one', () => {
    expect(() => parseChartLink('')).toThrow('No chart given');
    expect(() => parseChartLink('abc123 def456')).toThrow('2 charts given');
    expect(() => parseChartLink('abc123 new')).toThrow(ChartliftError);
    expect(() => parseChartLink('new')).toThrow('"new" is a chart that has not been saved yet.');
  });
});

describe('a list of charts', () => {
  it('is separated by commas, semicolons, spaces or lines', () => {
    expect(parseChartList('a,b, c;d\te\r\nf\u00a0g,,\n\n;h').ids).toEqual([...'abcdefgh']);
  });

  it('names each chart once, where it is mentioned first', () => {
    const text = 'b https://analytics.amplitude.com/demo/chart/a, b, a, c';
    expect(parseChartList(text)).toEqual({ ids: ['b', 'a', 'c'], problems: [] });
  });

  it('tells what it cannot read and keeps the rest', () => {
    const { ids, problems } = parseChartList('abc123, new, def456, https://example.com/x');
    expect(ids).toEqual(['abc123', 'def456']);
    expect(problems.map(({ input }) => input)).toEqual(['new', 'https://example.com/x']);
  });

  it('may be empty', () => {
    expect(parseChartList(' \n, ;')).toEqual({ ids: [], problems: [] });
  });

  it.each([
    ['slashes', '/'.repeat(1_000_000)],
    ['commas', ','.repeat(1_000_000)],
    ['spaces and slashes', '/ '.repeat(500_000)],
    ['quotes', '"'.repeat(1_000_000)],
    ['brackets', ']'.repeat(1_000_000)],
    ['short quoted parts', `"${'a'.repeat(10)}" `.repeat(80_000)],
    ['addresses', 'https://amplitude.com/chart/a?id=b#c '.repeat(27_000)],
    ['almost addresses', 'amplitude.com/'.repeat(70_000)],
    ['many lines of brackets', `${']'.repeat(1_999)}\n`.repeat(500)],
  ])('of a megabyte of %s takes no longer than it should', (_, text) => {
    const start = performance.now();
    parseChartList(text);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
