import { expect, it } from 'vitest';
import { isoUtc } from './json-value.ts';

it.each([
  [0n, '1970-01-01T00:00:00Z'],
  [1_709_208_000_123_456n, '2024-02-29T12:00:00.123456Z'],
  [1_709_208_000_500_000n, '2024-02-29T12:00:00.5Z'],
  [-1n, '1969-12-31T23:59:59.999999Z'],
])('%d microseconds are %s', (micros, text) => {
  expect(isoUtc(micros, true)).toBe(text);
});

it('knows the ends of time', () => {
  expect([isoUtc(1n, false), isoUtc(-1n, false)]).toEqual(['infinity', '-infinity']);
});
