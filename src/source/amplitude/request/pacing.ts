import type { Refusal } from './refusal.ts';

/**
 * When the next request of one API key may start: a state machine without clock, randomness or I/O.
 * The `RequestQueue` feeds it with what happens.
 *
 * Nothing tells what a chart costs before it is asked for, nor which of the documented limits
 * Amplitude really enforces (reference §1.3: they contradict what is seen). So this is congestion
 * control, like TCP's: run freely until the first refusal, then keep a pace that is learnt from what
 * passed, grows a little with every success and shrinks with every refusal (DESIGN §3). It counts
 * charts, not costs: only a refusal names a cost, and estimates made of that were no better in the
 * simulation of `test/amplitude/pacing` than none.
 *
 * Times are ms: `now` since the epoch, everything named `…For` or `spacing` a duration.
 */
export interface Pace {
  /** Requests that were started and have not ended. */
  readonly underWay: number;
  /** How many may be under way: 1 to 5, with fractions while it grows back. */
  readonly slots: number;
  /** Time between two starts; 0 as long as nothing was refused for its cost. */
  readonly spacing: number;
  /** The next start by the spacing alone. */
  readonly spacedUntil: number;
  /** No start before this, whatever the spacing: the pause after a refusal. */
  readonly pausedUntil: number;
  /** Refusals since the last acceptance. */
  readonly refusals: number;
  /** Since when something is refused and nothing has passed; meanwhile requests go one at a time. */
  readonly blockedSince: number | null;
  /** A request that started before this was sent without knowing of the last refusal. */
  readonly refusedAt: number;
  /** The evidence for the pace: so many requests passed in so much time… */
  readonly passed: number;
  readonly passedFor: number;
  /** …and since then, up to now. */
  readonly countedUntil: number;
  /** How long such a block lasts, as far as known: a pause of about that length ends it. */
  readonly blockedFor: number;
  /** When the last request ended. */
  readonly endedAt: number;
}

/** "5 concurrent requests per project across all REST endpoints" (reference §1.3). */
const MAX_UNDER_WAY = 5;

/** Pauses after a 429 that names no time: from 15 s, doubling, up to 5 min (DESIGN §3). */
const FIRST_PAUSE = 15_000;
const LONGEST_PAUSE = 300_000;

/** Pauses where too many were under way again and again: a request ends within seconds, not minutes. */
const FIRST_SLOT_PAUSE = 1_000;
const LONGEST_SLOT_PAUSE = 15_000;

/** Each pause is multiplied by 0.75 to 1.25, so that two installations do not return together. */
const JITTER = 0.25;

/**
 * Each refusal makes the spacing 14 % longer, each acceptance 0.5 % (1/200) shorter. The two balance
 * where about 3.7 of 100 requests are refused (0.005 / ln 1.14), whatever the limit and the charts
 * are: below the 5 % that chartlift allows itself, and often enough to notice that there is more room.
 */
const SLOWER = 1.14;

/** The average reaches back over so many passed requests. */
const EVIDENCE = 200;

/** With less evidence than that the pace is rather a guess, and is left faster: by 1/40, 1/41, … */
const LITTLE_EVIDENCE = 40;

/**
 * After a refusal the pace stays between these multiples of the average time per passed request,
 * pauses included. What has passed on average has room on average: slower would be waste, and much
 * faster was refused.
 */
const FASTEST = 0.8;
const SLOWEST = 1.2;

/** A slot that was lost comes back within 30 acceptances: 1 of 31 refused, at worst. */
const SLOT_GROWTH = 1 / 30;

/** Weight of one more observation in {@link Pace.blockedFor}, and what remains of it if it was too long. */
const BLOCK_WEIGHT = 0.3;
const BLOCK_SHRINK = 0.7;

/** The longest documented window (reference §1.3): after so long without a request all is free again. */
const LONGEST_WINDOW = 3_600_000;

/** Nothing asked yet, nothing known. */
export const FREE_PACE: Pace = {
  underWay: 0,
  slots: MAX_UNDER_WAY,
  spacing: 0,
  spacedUntil: 0,
  pausedUntil: 0,
  refusals: 0,
  blockedSince: null,
  refusedAt: Number.NEGATIVE_INFINITY,
  passed: 0,
  passedFor: 0,
  countedUntil: 0,
  blockedFor: 0,
  endedAt: Number.NEGATIVE_INFINITY,
};

/** The earliest time for the next start; infinite if a request must end first. */
export function nextStart(pace: Pace): number {
  // After a pause one request tries alone: if it is refused, so would the others be.
  const free = pace.blockedSince === null ? Math.floor(pace.slots) : 1;
  if (pace.underWay >= free) return Number.POSITIVE_INFINITY;
  return Math.max(pace.spacedUntil, pace.pausedUntil);
}

/** A request starts. */
export function start(before: Pace, now: number): Pace {
  const idleSince = Math.max(before.endedAt, before.spacedUntil, before.pausedUntil);
  const idleFor = before.underWay === 0 ? Math.max(0, now - idleSince) : 0;
  const pace = idleFor >= LONGEST_WINDOW ? { ...FREE_PACE, countedUntil: now } : before;
  return {
    ...pace,
    underWay: pace.underWay + 1,
    spacedUntil: now + pace.spacing,
    // Time in which nobody asked is no evidence of what may pass.
    countedUntil: Math.min(now, pace.countedUntil + idleFor),
  };
}

/** A request is answered with what it asked for. Its body may still be on its way. */
export function accept(pace: Pace, now: number, startedAt: number): Pace {
  const passed = pace.passed + 1;
  const growth = 1 / clamp(passed, LITTLE_EVIDENCE, EVIDENCE);
  const accepted: Pace = {
    ...pace,
    passed,
    slots: Math.min(MAX_UNDER_WAY, pace.slots + SLOT_GROWTH),
    spacing: pace.spacing * (1 - growth),
  };
  if (startedAt < pace.refusedAt) return accepted;
  return pace.blockedSince === null ? { ...accepted, refusals: 0 } : unblock(accepted, now);
}

/** What was refused has passed: Amplitude was full then and has room now, so the average is known. */
function unblock(pace: Pace, now: number): Pace {
  const passedFor = pace.passedFor + now - pace.countedUntil;
  const average = passedFor / pace.passed;
  const spacing = clamp(pace.spacing, FASTEST * average, SLOWEST * average);
  const kept = Math.min(1, EVIDENCE / pace.passed);
  return {
    ...pace,
    spacing,
    spacedUntil: now + spacing,
    refusals: 0,
    blockedSince: null,
    passed: pace.passed * kept,
    passedFor: passedFor * kept,
    countedUntil: now,
    blockedFor: learnBlock(pace, now),
  };
}

/** If the first try after the pause passed, the pause may have been too long; else it was too short. */
function learnBlock(pace: Pace, now: number): number {
  if (pace.refusals === 1) return pace.blockedFor * BLOCK_SHRINK;
  const lasted = Math.min(LONGEST_PAUSE, now - (pace.blockedSince ?? now));
  return pace.blockedFor + (lasted - pace.blockedFor) * BLOCK_WEIGHT;
}

/**
 * A request is refused with a 429.
 *
 * @param random 0 up to 1
 */
export function refuse(
  pace: Pace,
  now: number,
  startedAt: number,
  refusal: Refusal,
  random: number,
): Pace {
  // It was on its way when another was refused: one overload, which has been answered already.
  if (startedAt < pace.refusedAt) return pace;
  const refused: Pace = { ...pace, refusals: pace.refusals + 1, refusedAt: now };
  const jitter = 1 - JITTER + 2 * JITTER * random;
  if (refusal.limit === 'concurrent') {
    // With a slot less, the end of another request is the pause. Only if that is not enough, wait.
    const again = refused.refusals - 1;
    const pause = again === 0 ? 0 : doubled(FIRST_SLOT_PAUSE, again, LONGEST_SLOT_PAUSE, jitter);
    return {
      ...refused,
      slots: Math.max(1, Math.floor(pace.slots) - 1),
      pausedUntil: now + Math.max(refusal.retryAfter ?? 0, pause),
    };
  }
  // A server that says "one second" again and again is not asked again every second.
  const first =
    refusal.retryAfter === null ? Math.max(FIRST_PAUSE, pace.blockedFor) : FIRST_SLOT_PAUSE;
  const pause = doubled(first, refused.refusals, LONGEST_PAUSE, jitter);
  return {
    ...refused,
    blockedSince: pace.blockedSince ?? now,
    spacing: pace.spacing * SLOWER,
    pausedUntil: now + Math.max(refusal.retryAfter ?? 0, pause),
  };
}

/** Nothing starts before `until`, for a reason that says nothing about the pace. */
export function pauseUntil(pace: Pace, until: number): Pace {
  return { ...pace, pausedUntil: Math.max(pace.pausedUntil, until) };
}

/** What refusals have taught since `before` was wrong: back to what was known then. */
export function restore(pace: Pace, now: number, before: Pace): Pace {
  const spacing = Math.min(pace.spacing, before.spacing);
  return {
    ...pace,
    spacing,
    spacedUntil: now + spacing,
    passed: before.passed,
    passedFor: before.passedFor,
    countedUntil: now,
  };
}

/** The same pace with its evidence up to `now`. */
export function counted(pace: Pace, now: number): Pace {
  return { ...pace, passedFor: pace.passedFor + now - pace.countedUntil, countedUntil: now };
}

/** A request has ended, however it ended. */
export function end(pace: Pace, now: number): Pace {
  return { ...pace, underWay: pace.underWay - 1, endedAt: now };
}

function doubled(first: number, times: number, longest: number, jitter: number): number {
  return Math.min(longest, first * 2 ** (times - 1) * jitter);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
