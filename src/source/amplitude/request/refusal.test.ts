import { describe, expect, it } from 'vitest';
import { readRefusal } from './refusal.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');

describe('the limit that a 429 names', () => {
  it.each([
    ['Too Many Requests: Exceeded rate limit with query of cost 1800', 'cost', 1800],
    ['Exceeded rate limit', 'cost', null],
    ['Query cost: 42 is too much', 'cost', 42],
    ['Exceeded concurrent limit', 'concurrent', null],
    ['Too many concurrent requests', 'concurrent', null],
    ['Exceeded rate limit with query of cost 0', 'cost', null],
    ['Too Many Requests', 'unknown', null],
    [null, 'unknown', null],
  ])('%j is %s, cost %s', (details, limit, cost) => {
    expect(readRefusal(details, null, NOW)).toEqual({ limit, cost, retryAfter: null, details });
  });
});

describe('Retry-After', () => {
  it.each([
    ['30', 30_000],
    [' 0 ', 0],
    ['Mon, 01 Jun 2026 12:01:00 GMT', 60_000],
    ['Mon, 01 Jun 2026 11:00:00 GMT', 0],
    ['999999', 3_600_000],
    ['soon', null],
    ['', null],
    [null, null],
  ])('%j is %s ms', (header, expected) => {
    expect(readRefusal(null, header, NOW).retryAfter).toBe(expected);
  });
});
