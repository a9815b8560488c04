import { expect, test } from 'vitest';
import { sayAgo } from './moment.tsx';

const NOW = Date.parse('2026-01-31T12:00:00.000Z');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

test.each([
  [0, 'just now'],
  [-59 * SECOND, 'just now'],
  [-61 * SECOND, '1 minute ago'],
  [-119 * SECOND, '1 minute ago'],
  [-2 * HOUR, '2 hours ago'],
  [-24 * HOUR, 'yesterday'],
  [59 * SECOND, 'in less than a minute'],
  [90 * MINUTE, 'in 1 hour'],
])('what is %i ms away is said without seconds', (distance, said) => {
  expect(sayAgo(NOW + distance, NOW)).toBe(said);
});
