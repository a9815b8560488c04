import { describe, expect, it } from 'vitest';
import { shapeOf } from './shape.ts';

const HOUR = 3_600_000;

function days(count: number, step = 1): string[] {
  return Array.from({ length: count }, (_, at) =>
    new Date(Date.UTC(2025, 2, 1 + at * step)).toISOString().slice(0, 10),
  );
}

describe('the shape of a report', () => {
  it.each([
    ['days of a week', days(7), 'day', 1],
    ['days of a month', days(30), 'day', 6],
    ['days of a quarter', days(90), 'day', 18],
    ['four weeks', days(4, 7), 'week', 6],
    ['twelve weeks', days(12, 7), 'week', 12],
    ['a year of weeks', days(52, 7), 'week', 48],
    ['three months', ['2025-01', '2025-02', '2025-03'], 'month', 18],
    ['months by their first day', ['2025-01-01', '2025-02-01', '2025-03-01'], 'month', 18],
    ['quarters', ['Q1 2025', 'Q2 2025'], 'quarter', 18],
    ['quarters by their first day', ['2025-01-01', '2025-04-01', '2025-07-01'], 'quarter', 72],
    ['years', ['2023-01-01', '2024-01-01'], 'year', 96],
    ['hours', ['2025-06-02T00:00:00', '2025-06-02T01:00:00'], 'hour', 1 / 12],
    ['days in words', ['Sun, Apr 16', 'Mon, Apr 17'], 'day', 1],
    ['weeks in words', ['Sep 02, 2024', 'Sep 09, 2024'], 'week', 6],
    ['days with one left out', ['2025-01-01', '2025-01-02', '2025-01-05'], 'day', 1],
  ])('%s', (_, segments, interval, hours) => {
    expect(shapeOf(segments, segments.length * 3)).toEqual({
      layout: 'time_series',
      interval,
      cacheMs: hours * HOUR,
      rows: 3,
      segments: segments.length,
    });
  });

  it('of a single period tells no interval', () => {
    expect(shapeOf(['2025-01-01'], 4)).toMatchObject({ layout: 'time_series', interval: null });
  });

  it('of measures is categories', () => {
    expect(shapeOf(['Uniques', 'Totals'], 4)).toMatchObject({ layout: 'categories', rows: 2 });
  });

  it('without records is empty', () => {
    expect(shapeOf([], 0)).toMatchObject({ layout: 'empty', rows: 0, cacheMs: null });
  });
});
