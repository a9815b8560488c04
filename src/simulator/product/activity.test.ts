import { expect, test } from 'vitest';
import { type ActivityOptions, activityOf, type Restatement } from './activity.ts';
import { DAY, HOUR, type Interval, lastPeriods } from './calendar.ts';

const NOW = Date.UTC(2026, 5, 17, 10, 30);

function values(options: Partial<ActivityOptions>, interval: Interval = 'day', name = 'All Users') {
  const activity = activityOf({ seed: 1, chartId: 'c', now: NOW, restatements: [], ...options });
  return lastPeriods(interval, 30, NOW).map(activity.series(name, 1000));
}

test('equal seeds, charts, names and moments give equal numbers', () => {
  expect(values({})).toEqual(values({}));
});

test.each([
  ['seed', values({ seed: 2 })],
  ['chart', values({ chartId: 'd' })],
  ['name', values({}, 'day', 'New Users')],
])('another %s gives other numbers', (_, others) => {
  expect(others).not.toEqual(values({}));
});

test('complete periods do not change as time goes on, the running one grows', () => {
  const later = values({ now: NOW + HOUR });
  expect(later.slice(0, -1)).toEqual(values({}).slice(0, -1));
  expect(later.at(-1)).toBeGreaterThan(values({}).at(-1) ?? Number.NaN);
});

test('a period that has not begun is empty', () => {
  expect(values({ now: NOW - 2 * DAY }).slice(-2)).toEqual([0, 0]);
});

test.each(['hour', 'day', 'week', 'month'] as const)('every %s has whole numbers', (interval) => {
  const numbers = values({}, interval);
  expect(numbers.every((value) => Number.isInteger(value) && value > 0)).toBe(true);
});

test('weekends are calmer', () => {
  const [saturday = 0, sunday = 0, monday = 0] = values({}).slice(-5, -2);
  expect(Math.max(saturday, sunday)).toBeLessThan(monday);
});

function changed(restatement: Restatement): readonly boolean[] {
  const before = values({});
  return values({ restatements: [restatement] }).map((value, index) => value !== before[index]);
}

test('a restatement always changes the newest complete period, and never the running one', () => {
  expect(changed({ at: NOW, share: 0 })).toEqual([...Array(28).fill(false), true, false]);
});

test('a restatement changes about its share of the older periods', () => {
  expect(changed({ at: NOW, share: 1 })).toEqual([...Array(29).fill(true), false]);
  const some = changed({ at: NOW, share: 0.5 }).filter(Boolean).length;
  expect(some).toBeGreaterThan(7);
  expect(some).toBeLessThan(23);
});

test('a restatement leaves alone what was not over by then', () => {
  const recent = changed({ at: NOW - 5 * DAY, share: 1 }).slice(-6);
  expect(recent).toEqual(Array(6).fill(false));
});

test('a second restatement changes the numbers of the first', () => {
  const once = values({ restatements: [{ at: NOW, share: 1 }] });
  const twice = values({ restatements: [1, 1].map((share) => ({ at: NOW, share })) });
  expect(twice.every((value, day) => day === 29 || value > (once[day] ?? Number.NaN))).toBe(true);
});
