import { describe, expect, it } from 'vitest';
import { isLastIncomplete } from './is-last-incomplete.ts';

const HOUR = 3_600_000;
const days = [27, 28, 29].map((day) => Date.UTC(2026, 0, day));
const months = [0, 1, 2].map((month) => Date.UTC(2026, month));

describe('the last place', () => {
  it('is incomplete if the data was fetched before its day or month was over', () => {
    expect(isLastIncomplete(days, Date.UTC(2026, 0, 29) + 9 * HOUR)).toBe(true);
    expect(isLastIncomplete(months, Date.UTC(2026, 2, 20))).toBe(true);
  });

  it('is final once it was over', () => {
    expect(isLastIncomplete(days, Date.UTC(2026, 0, 30))).toBe(false);
    expect(isLastIncomplete(months, Date.UTC(2026, 3, 1))).toBe(false);
  });

  it('is no running period if it lies far ahead, or nobody can tell how long it lasts', () => {
    expect(isLastIncomplete(days, Date.UTC(2026, 0, 20))).toBe(false);
    expect(isLastIncomplete(days.slice(0, 1), Date.UTC(2026, 0, 27))).toBe(false);
  });
});
