import { expect, it } from 'vitest';
import { HeldClock } from '../../../../test/amplitude/held-clock.ts';
import { Deadline } from './deadline.ts';

function setUp() {
  const clock = new HeldClock();
  const outer = new AbortController();
  const at = clock.now() + 500;
  return { clock, outer, at, deadline: new Deadline(at, clock, outer.signal).hold() };
}

it('aborts at its time, and says that it did', async () => {
  const { clock, deadline } = setUp();
  await clock.pass(499);
  expect(deadline.signal.aborted).toBe(false);
  await clock.pass(1);
  expect(deadline.signal.aborted).toBe(true);
  expect(deadline.passed(deadline.signal.reason)).toBe(true);
  expect(deadline.passed(new Error('another'))).toBe(false);
});

it('aborts with the other signal, for its reason', () => {
  const { outer, deadline } = setUp();
  outer.abort('canceled');
  expect(deadline.signal.reason).toBe('canceled');
  expect(deadline.passed('canceled')).toBe(false);
});

it('watches until the last who holds it has released it', async () => {
  const { clock, outer, at, deadline } = setUp();
  deadline.hold();
  expect(deadline.isFor(at, outer.signal)).toBe(true);
  expect(deadline.isFor(at + 1, outer.signal)).toBe(false);
  expect(deadline.isFor(at, new AbortController().signal)).toBe(false);
  deadline.release();
  expect(clock.sleepers).toBe(1);
  expect(deadline.isFor(at, outer.signal)).toBe(true);
  deadline.release();
  expect(clock.sleepers).toBe(0);
  expect(deadline.isFor(at, outer.signal)).toBe(false);
});

it('has no time if it is infinite', () => {
  const clock = new HeldClock();
  new Deadline(Number.POSITIVE_INFINITY, clock, new AbortController().signal).hold();
  expect(clock.sleepers).toBe(0);
});
