import { expect, test } from 'vitest';
import { activityOf } from '../product/activity.ts';
import { cohortsOf, totalOf } from './cohort.ts';

const ACTIVITY = activityOf({
  seed: 1,
  chartId: 'c',
  now: Date.UTC(2026, 5, 17, 10),
  restatements: [],
});

const COHORTS = cohortsOf(ACTIVITY, {
  interval: 'day',
  count: 3,
  usersPerDay: 500,
  perUser: () => 0.5,
});

test('a cohort has an outcome for each day that has begun, and only the running day is open', () => {
  expect(COHORTS.map(({ outcomes }) => outcomes.map((outcome) => outcome.complete))).toEqual([
    [true, true, false],
    [true, false],
    [false],
  ]);
});

test('the total counts only those who have reached the day', () => {
  const [oldest, second] = COHORTS;
  const value = (oldest?.outcomes[1]?.value ?? 0) + (second?.outcomes[1]?.value ?? 0);
  const users = (oldest?.users ?? 0) + (second?.users ?? 0);
  expect(totalOf(COHORTS, 1)).toEqual({ value, users, complete: false });
});
