import { describe, expect, it } from 'vitest';
import {
  accept,
  end,
  FREE_PACE,
  nextStart,
  type Pace,
  pauseUntil,
  refuse,
  restore,
  start,
} from './pacing.ts';
import type { Refusal } from './refusal.ts';

const NOW = 1_000_000_000;
const HOUR = 3_600_000;
/** In the middle of the jitter. */
const MIDDLE = 0.5;

const COST: Refusal = { limit: 'cost', cost: null, retryAfter: null, details: null };
/** A refusal after which nothing may start for 1,000 s. */
const LONG: Refusal = { ...COST, retryAfter: 1_000_000 };
const CONCURRENT: Refusal = { ...COST, limit: 'concurrent' };

/** A pace after so many requests, each started and accepted at once. */
function passed(count: number, pace: Pace = FREE_PACE, now = NOW): Pace {
  let after = pace;
  for (let done = 0; done < count; done += 1) {
    after = end(accept(start(after, now), now, now), now);
  }
  return after;
}

/** A pace after one request that was refused as soon as it started. */
function refused(pace: Pace, now: number, refusal: Refusal = COST, random = MIDDLE): Pace {
  return end(refuse(start(pace, now), now, now, refusal, random), now);
}

describe('without any refusal', () => {
  it('nothing waits, whatever the documented costs are', () => {
    expect(nextStart(passed(1_000))).toBeLessThanOrEqual(NOW);
  });

  it('at most five are under way', () => {
    let pace: Pace = FREE_PACE;
    for (let under = 0; under < 5; under += 1) {
      expect(nextStart(pace)).toBeLessThanOrEqual(NOW);
      pace = start(pace, NOW);
    }
    expect(nextStart(pace)).toBe(Number.POSITIVE_INFINITY);
    expect(nextStart(end(pace, NOW))).toBeLessThanOrEqual(NOW);
  });
});

describe('a refusal for cost', () => {
  it('pauses the queue for 15 s, doubled each time, at most 5 min', () => {
    let pace = passed(10);
    let now = NOW;
    const pauses: number[] = [];
    for (let times = 0; times < 7; times += 1) {
      pace = refused(pace, now);
      pauses.push((nextStart(pace) - now) / 1_000);
      now = nextStart(pace);
    }
    expect(pauses).toEqual([15, 30, 60, 120, 240, 300, 300]);
  });

  it('pauses for a little more or less, so that not all come back at once', () => {
    expect(nextStart(refused(passed(10), NOW, COST, 0))).toBe(NOW + 11_250);
    expect(nextStart(refused(passed(10), NOW, COST, 1))).toBe(NOW + 18_750);
  });

  it('pauses as long as Retry-After says, but not forever briefly', () => {
    expect(nextStart(refused(passed(10), NOW, { ...COST, retryAfter: 42_000 }))).toBe(NOW + 42_000);
    let pace = passed(10);
    let now = NOW;
    for (let times = 0; times < 5; times += 1) {
      pace = refused(pace, now, { ...COST, retryAfter: 1_000 });
      now = nextStart(pace);
    }
    expect(now - NOW).toBe(1_000 + 2_000 + 4_000 + 8_000 + 16_000);
  });

  it('lets one request try alone after the pause', () => {
    const pace = start(refused(passed(10), NOW), NOW + 15_000);
    expect(nextStart(pace)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is not counted twice when another was on its way already', () => {
    const two = start(start(passed(10), NOW), NOW);
    const once = refuse(two, NOW + 10, NOW, COST, MIDDLE);
    expect(refuse(once, NOW + 20, NOW, COST, MIDDLE)).toEqual(once);
  });

  it('is not over when something passes that was on its way already', () => {
    const two = start(start(passed(10), NOW), NOW);
    const after = accept(refuse(two, NOW + 10, NOW, COST, MIDDLE), NOW + 20, NOW);
    expect(after.blockedSince).not.toBeNull();
  });

  it('leaves a pace near the average of what passed, pauses included', () => {
    // 100 passed at once, then nothing for 1,000 s: 10 s each.
    const blocked = refused(passed(100), NOW, LONG);
    const at = NOW + 1_000_000;
    const pace = accept(start(blocked, at), at, at);
    expect(pace.spacing).toBeGreaterThan(0.79 * 10_000);
    expect(pace.spacing).toBeLessThan(1.21 * 10_000);
    expect(nextStart(end(pace, at))).toBe(at + pace.spacing);
  });

  it('slows down, and each success speeds up again', () => {
    const at = NOW + 1_000_000;
    const blocked = refused(passed(300), NOW, LONG);
    const paced = end(accept(start(blocked, at), at, at), at);
    const faster = passed(20, paced, at);
    expect(faster.spacing).toBeCloseTo(paced.spacing * 0.995 ** 20);
    expect(refused(faster, at).spacing).toBeCloseTo(faster.spacing * 1.14);
  });

  it('teaches how long to pause', () => {
    // It took three tries and 200 s.
    const twice = refused(refused(passed(10), NOW), NOW + 100_000);
    const at = NOW + 200_000;
    const taught = end(accept(start(twice, at), at, at), at);
    expect(nextStart(refused(taught, at)) - at).toBeCloseTo(0.3 * 200_000);
    // A pause that is long enough may have been too long.
    const later = NOW + 300_000;
    const again = end(accept(start(refused(taught, at), later), later, later), later);
    expect(nextStart(refused(again, later)) - later).toBeCloseTo(0.7 * 0.3 * 200_000);
  });
});

describe('a refusal for too many at once', () => {
  it('takes one slot away and does not pause', () => {
    let pace: Pace = FREE_PACE;
    for (let under = 0; under < 5; under += 1) pace = start(pace, NOW);
    pace = end(refuse(pace, NOW + 1, NOW, CONCURRENT, MIDDLE), NOW + 1);
    expect(pace.underWay).toBe(4);
    expect(nextStart(pace)).toBe(Number.POSITIVE_INFINITY);
    expect(nextStart(end(pace, NOW + 2))).toBeLessThanOrEqual(NOW + 2);
    expect(pace.spacing).toBe(0);
  });

  it('gives the slot back after some successes', () => {
    const fewer = refused(FREE_PACE, NOW, CONCURRENT);
    expect(Math.floor(fewer.slots)).toBe(4);
    expect(Math.floor(passed(20, fewer).slots)).toBe(4);
    expect(Math.floor(passed(40, fewer).slots)).toBe(5);
  });

  it('waits some seconds, not minutes, where others keep all slots', () => {
    let pace: Pace = FREE_PACE;
    let now = NOW;
    const pauses: number[] = [];
    for (let times = 0; times < 8; times += 1) {
      pace = refused(pace, now, CONCURRENT);
      pauses.push(Math.max(0, nextStart(pace) - now) / 1_000);
      now += 60_000;
    }
    expect(pauses).toEqual([0, 1, 2, 4, 8, 15, 15, 15]);
    expect(pace.slots).toBe(1);
  });
});

describe('time in which nobody asks', () => {
  function paced(): Pace {
    const at = NOW + 1_000_000;
    return end(accept(start(refused(passed(100), NOW, LONG), at), at, at), at);
  }

  it('is no evidence for a slower pace', () => {
    const before = paced();
    const later = start(before, before.endedAt + HOUR / 2);
    expect(later.countedUntil - before.countedUntil).toBeCloseTo(HOUR / 2 - before.spacing);
    expect(later.spacing).toBe(before.spacing);
  });

  it('makes all free again once it is longer than the longest window', () => {
    const before = paced();
    const later = start(before, before.endedAt + HOUR + before.spacing);
    expect(later.spacing).toBe(0);
    expect(later.passed).toBe(0);
  });
});

describe('what refusals taught', () => {
  it('can be taken back', () => {
    const at = NOW + 1_000_000;
    const slowed = end(accept(start(refused(passed(100), NOW, LONG), at), at, at), at);
    const restored = restore(slowed, at, passed(100));
    expect(restored.spacing).toBe(0);
    expect(nextStart(restored)).toBe(at);
  });
});

it('a pause for another reason changes no pace', () => {
  const before = passed(10);
  const paused = pauseUntil(before, NOW + 5_000);
  expect(nextStart(paused)).toBe(NOW + 5_000);
  expect({ ...paused, pausedUntil: before.pausedUntil }).toEqual(before);
});
