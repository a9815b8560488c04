import { expect, test } from 'vitest';
import { createLimits } from './limits.ts';

const MINUTE = 60_000;

test('five requests at once, and another one as soon as one has left', () => {
  const limits = createLimits({});
  expect(Array.from({ length: 6 }, () => limits.enter())).toEqual([...Array(5).fill(true), false]);
  limits.leave();
  expect([limits.enter(), limits.enter()]).toEqual([true, false]);
});

test('cost is free unless limited', () => {
  expect(createLimits({}).spend(1e9, 0) && createLimits({}).spend(1e9, 0)).toBe(true);
});

test('a window slides: what was spent five minutes ago is free again', () => {
  const limits = createLimits({ costPerFiveMinutes: 1000 });
  expect(limits.spend(600, 0)).toBe(true);
  expect(limits.spend(400, MINUTE)).toBe(true);
  expect(limits.spend(1, 5 * MINUTE - 1)).toBe(false);
  expect(limits.spend(600, 5 * MINUTE)).toBe(true);
  expect(limits.spend(1, 5 * MINUTE)).toBe(false);
  expect(limits.spend(400, 6 * MINUTE)).toBe(true);
});

test('what one limit refuses does not count towards the other', () => {
  const limits = createLimits({ costPerFiveMinutes: 100, costPerHour: 150 });
  expect(limits.spend(100, 0)).toBe(true);
  expect(limits.spend(50, 0)).toBe(false);
  expect(limits.spend(50, 10 * MINUTE)).toBe(true);
  expect(limits.spend(1, 20 * MINUTE)).toBe(false);
  expect(limits.spend(100, 60 * MINUTE)).toBe(true);
});

test('a query dearer than the whole limit passes alone', () => {
  const limits = createLimits({ costPerFiveMinutes: 1000 });
  expect(limits.spend(3360, 0)).toBe(true);
  expect(limits.spend(1, MINUTE)).toBe(false);
  expect(limits.spend(3360, 5 * MINUTE)).toBe(true);
});
