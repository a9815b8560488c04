import { describe, expect, it } from 'vitest';
import { age, count, counted, duration, moment, size } from './quantities.ts';

describe('quantities for people', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [3_795_966, '3.8 MB'],
    [99_600, '100 kB'],
    [999_400, '999 kB'],
    [999_900, '1.0 MB'],
    [2.5e15, '2500 TB'],
  ])('size %d is %s', (bytes, text) => {
    expect(size(bytes)).toBe(text);
  });

  it.each([
    [0.4, '0 ms'],
    [999, '999 ms'],
    [4_249, '4.2 s'],
    [185_000, '3 min 5 s'],
    [7_800_000, '2 h 10 min'],
    [3 * 86_400_000, '3 d'],
  ])('duration of %d ms is %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it.each([
    [59_000, 'just now'],
    [60_000, '1 min ago'],
    [3_600_000, '1 h ago'],
    [47 * 3_600_000, '47 h ago'],
    [48 * 3_600_000, '2 d ago'],
  ])('age of %d ms is %s', (ms, text) => {
    expect(age(ms)).toBe(text);
  });

  it('counts with separators and nouns', () => {
    expect([count(3_650_000), counted(1, 'row'), counted(2000, 'row')]).toEqual([
      '3,650,000',
      '1 row',
      '2,000 rows',
    ]);
  });

  it('shows a moment in local time', () => {
    expect(moment(new Date(2026, 5, 1, 14, 3, 9).getTime())).toBe('2026-06-01 14:03:09');
  });
});
