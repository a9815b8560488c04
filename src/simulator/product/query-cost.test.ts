import { expect, test } from 'vitest';
import { queryCost } from './query-cost.ts';

test('the documented example: 30 days, 3 events, 1 segment + 1 condition + 2 group-bys', () => {
  const query = { kind: 'funnel', days: 30, segments: 1, conditions: 1, groupBys: 2 } as const;
  expect(queryCost({ ...query, events: 3 })).toBe(1800);
});

test.each([
  ['segmentation', 1],
  ['funnel', 2],
  ['retention', 8],
  ['sessions', 4],
  ['other', 1],
] as const)('a day of %s costs %d', (kind, cost) => {
  expect(queryCost({ kind, days: 1, segments: 1 })).toBe(cost);
});

test('an event that is grouped by a property costs four more', () => {
  expect(queryCost({ kind: 'segmentation', days: 1, segments: 1, eventGroupBys: 1 })).toBe(5);
});
