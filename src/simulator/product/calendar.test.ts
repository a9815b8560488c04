import { expect, test } from 'vitest';
import {
  dateText,
  dateTimeText,
  elapsed,
  lastPeriods,
  monthDayText,
  monthDayYearText,
  periodAt,
  periodsSince,
} from './calendar.ts';

const WEDNESDAY = Date.UTC(2026, 5, 17, 10, 30);

test.each([
  ['hour', '2026-06-17T10:00:00', '2026-06-17T11:00:00'],
  ['day', '2026-06-17T00:00:00', '2026-06-18T00:00:00'],
  ['week', '2026-06-15T00:00:00', '2026-06-22T00:00:00'],
  ['month', '2026-06-01T00:00:00', '2026-07-01T00:00:00'],
] as const)('the %s of a moment starts at %s and ends at %s', (interval, start, end) => {
  const period = periodAt(interval, WEDNESDAY);
  expect([dateTimeText(period.start), dateTimeText(period.end)]).toEqual([start, end]);
});

test('a period holds its start and not its end', () => {
  const { start, end } = periodAt('week', WEDNESDAY);
  expect(periodAt('week', start).start).toBe(start);
  expect(periodAt('week', end).start).toBe(end);
});

test('the last months cross a year, oldest first', () => {
  const months = lastPeriods('month', 3, Date.UTC(2026, 1, 28));
  expect(months.map((month) => dateText(month.start))).toEqual([
    '2025-12-01',
    '2026-01-01',
    '2026-02-01',
  ]);
});

test('periods since a moment end with the running one', () => {
  const weeks = periodsSince('week', Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 12));
  expect(weeks.map((week) => dateText(week.start))).toEqual([
    '2025-12-29',
    '2026-01-05',
    '2026-01-12',
  ]);
});

test('a moment in the future gives the running period', () => {
  expect(periodsSince('day', WEDNESDAY + 1e9, WEDNESDAY)).toEqual([periodAt('day', WEDNESDAY)]);
});

test('a period is elapsed from 0 to 1', () => {
  const day = periodAt('day', WEDNESDAY);
  expect(elapsed(day, day.start - 1)).toBe(0);
  expect(elapsed(day, day.start + 6 * 3_600_000)).toBe(0.25);
  expect(elapsed(day, day.end + 1)).toBe(1);
});

test('cohort dates', () => {
  expect(monthDayText(Date.UTC(2024, 0, 7))).toBe('Jan 07');
  expect(monthDayYearText(Date.UTC(2024, 10, 25))).toBe('Nov 25, 2024');
});
