import { describe, expect, it } from 'vitest';
import { ordinalOf, stepOf } from './time-step.ts';

const days = (...dates: string[]) => dates.map((date) => Date.parse(`${date}Z`));

describe('the step between places', () => {
  it.each([
    ['hour', ['2026-11-01T00:00', '2026-11-01T01:00', '2026-11-01T02:00']],
    ['day', ['2026-02-27', '2026-02-28', '2026-03-01']],
    ['week', ['2026-09-07', '2026-09-14', '2026-09-21']],
    ['month', ['2025-12-01', '2026-01-01', '2026-02-01', '2026-03-01']],
    ['quarter', ['2026-01-01', '2026-04-01', '2026-07-01']],
    ['year', ['2023-01-01', '2024-01-01', '2025-01-01']],
  ])('is a %s', (step, dates) => {
    expect(stepOf(days(...dates))).toBe(step);
  });

  it('may have gaps: work days are days', () => {
    expect(
      stepOf(
        days('2026-11-05', '2026-11-06', '2026-11-09', '2026-11-10', '2026-11-11', '2026-11-12'),
      ),
    ).toBe('day');
  });

  it('is unknown where places lie as they like, or there is one', () => {
    expect(stepOf(days('2026-11-05', '2026-11-06', '2026-11-20', '2026-12-24'))).toBeNull();
    expect(stepOf(days('2026-11-05'))).toBeNull();
    expect(stepOf([])).toBeNull();
  });

  it('numbers days from a Monday on', () => {
    const [monday = 0, sunday = 0] = days('2026-11-23', '2026-11-29');
    expect(ordinalOf(monday, 'day') % 7).toBe(0);
    expect(ordinalOf(sunday, 'week')).toBe(ordinalOf(monday, 'week'));
  });
});
