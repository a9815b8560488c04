import { describe, expect, it } from 'vitest';
import { isNarrow } from './number-axis.ts';

const series = (...values: (number | null)[]) => [{ name: '', size: 0, values }];

describe('the axis of values', () => {
  it.each([
    ['leaves 0 out where values lie in a narrow band', [90, null, 100], true],
    ['starts at 0 where a value is less than three quarters of the largest', [70, 100], false],
    ['does the same below 0', [-90, -100], true],
    ['starts at 0 below 0, too', [-70, -100], false],
    ['has 0 where values lie on both sides of it', [-1, 100], false],
    ['has 0 where there is nothing but 0', [0, 0], false],
    ['has 0 where there is nothing', [null], false],
  ])('%s', (_, values, expected) => {
    expect(isNarrow(series(...values))).toBe(expected);
  });
});
