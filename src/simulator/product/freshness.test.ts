import { expect, test } from 'vitest';
import { dateTimeText } from './calendar.ts';
import { answeredAsOf } from './freshness.ts';

const NOW = Date.UTC(2026, 5, 17, 10, 33, 59);

test.each([
  ['hour', '2026-06-17T10:30:00'],
  ['day', '2026-06-17T10:00:00'],
  ['week', '2026-06-17T06:00:00'],
  ['month', '2026-06-17T00:00:00'],
] as const)('a chart by %s shows the state of %s', (interval, time) => {
  expect(dateTimeText(answeredAsOf(interval, NOW))).toBe(time);
});
