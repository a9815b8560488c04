import { describe, expect, it } from 'vitest';
import { daysOf, endOf, tokenState } from './token-state.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

describe('tokenState', () => {
  it.each([
    [null, null, 'works'],
    ['2026-06-01T00:00:00Z', null, 'works'],
    ['2026-03-08T12:00:00Z', null, 'works'],
    ['2026-03-08T11:59:59Z', null, 'soon'],
    ['2026-03-01T12:00:01Z', null, 'soon'],
    ['2026-03-01T12:00:00Z', null, 'expired'],
    ['2026-06-01T00:00:00Z', '2026-02-01T00:00:00Z', 'revoked'],
    ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', 'revoked'],
  ])('expires %s, revoked %s: %s', (expires_at, revoked_at, state) => {
    expect(tokenState({ expires_at, revoked_at }, NOW)).toBe(state);
  });
});

describe('daysOf', () => {
  it('reads what is offered', () => {
    expect(daysOf('30', '')).toBe(30);
    expect(daysOf('never', 7)).toBeNull();
  });

  it.each([
    [1, 1],
    ['14', 14],
    [3650, 3650],
    [3651, undefined],
    [0, undefined],
    [1.5, undefined],
    ['', undefined],
    ['ten', undefined],
  ])('reads %j of its own: %j', (typed, days) => {
    expect(daysOf('custom', typed)).toBe(days);
  });
});

it('tells when it ends', () => {
  expect(endOf(30, NOW)).toBe('2026-03-31T12:00:00.000Z');
});
