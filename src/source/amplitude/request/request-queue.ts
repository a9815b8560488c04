import {
  accept,
  counted,
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

/** A chart's place in the queue, kept over all its requests. Only the queue changes it. */
export interface Ticket {
  /** The lower turn goes first; all callers' first charts have a turn, then their second ones. */
  turn: number;
  /** Of the same turn, the lower goes first; tickets are numbered as they are drawn. */
  order: number;
  /** When its last request started, in ms since the epoch. */
  startedAt: number;
  /** Its next request does not start before. */
  notBefore: number;
  /** How often it was refused for its cost. */
  refusals: number;
  /** What it was told last. */
  refusal: Refusal | null;
  /** How many charts had passed when it was refused last. */
  passedBefore: number;
  /** What was known of the pace when it was refused first. */
  paceBefore: Pace;
  /** How often it was refused right after others had passed. */
  refusalsAlone: number;
}

/** So many refusals may be the bad luck of a chart that tries first after a pause. */
const PATIENCE = 3;

/**
 * After that, so many others try before it. If half of them pass (there may be more than one such chart)
 * and it does not, twice, it is not the pace: near a limit about one of 25 requests is refused, so once
 * may be chance.
 */
const WITNESSES = 4;
const CHANCES = 2;

/** A chart that is refused alone lets 4, 8, 16, … others go first, but never more, so that it does not starve. */
const MOST_OTHERS = 64;

/** Every so many refusals of its own, all others pause for it: it may need an empty window. */
const QUIET_EVERY = 3;

/** A quiet moment lasts for the shorter of the documented windows (reference §1.3), in ms. */
const QUIET_FOR = 300_000;

/** It waits by itself like the queue does: from 15 s, doubling, up to 5 min (DESIGN §3). */
const FIRST_WAIT = 15_000;
const LONGEST_WAIT = 300_000;

/**
 * The charts that wait for one API key, and the {@link Pace} at which they may go: no clock, no I/O.
 * The `Pacer` drives it in real time, the simulation of `test/amplitude/pacing` in virtual time.
 *
 * A refused chart goes first again, so that none starves. But Amplitude may never let a chart pass, as
 * when it costs more than a whole window allows; such a chart must not stop the others (DESIGN §5). So
 * from its third refusal on it lets some others try; and if they pass while it does not, it waits by
 * itself, and the pace is not slowed down for it.
 */
export class RequestQueue {
  #pace: Pace = FREE_PACE;
  #drawn = 0;
  #passed = 0;
  /** The latest turn of which something has started. */
  #turn = 0;
  /** The turn that a caller drew last; forgotten with the caller. */
  readonly #lastTurn = new WeakMap<object, number>();
  #refusal: Refusal | null = null;
  readonly #waiting: Ticket[] = [];

  /**
   * A ticket for one more chart of a caller, behind the caller's others.
   *
   * Callers take turns: each counts its own, and a new one begins where the queue stands, so that a run
   * of 200 charts does not keep one of a single chart waiting. (This is fair queueing with requests for
   * packets; see Demers, Keshav and Shenker, "Analysis and Simulation of a Fair Queueing Algorithm",
   * 1989.)
   *
   * @param caller a run, say; without one, all share a turn
   */
  draw(caller: object = this): Ticket {
    const turn = Math.max(this.#turn, this.#lastTurn.get(caller) ?? 0) + 1;
    this.#lastTurn.set(caller, turn);
    this.#drawn += 1;
    const never = Number.NEGATIVE_INFINITY;
    return {
      turn,
      order: this.#drawn,
      startedAt: never,
      notBefore: never,
      refusals: 0,
      refusal: null,
      passedBefore: 0,
      paceBefore: this.#pace,
      refusalsAlone: 0,
    };
  }

  /** Waiting tickets, the next one first. */
  get waiting(): readonly Ticket[] {
    return this.#waiting;
  }

  /** No request starts before, in ms since the epoch; in the past if there is no pause. */
  get pausedUntil(): number {
    return this.#pace.pausedUntil;
  }

  /** What the queue was told last, as long as nothing has passed since. */
  get refusal(): Refusal | null {
    return this.#pace.refusals > 0 ? this.#refusal : null;
  }

  /** The chart wants to make its next request. */
  enter(ticket: Ticket): void {
    const before = this.#waiting.findLastIndex((other) => !goesBefore(ticket, other));
    this.#waiting.splice(before + 1, 0, ticket);
  }

  /** The chart does not want to any more. */
  leave(ticket: Ticket): void {
    const at = this.#waiting.indexOf(ticket);
    if (at !== -1) this.#waiting.splice(at, 1);
  }

  /** When the next request may start: maybe in the past; infinite if nothing waits or one must end first. */
  nextStart(): number {
    let ready = Number.POSITIVE_INFINITY;
    for (const { notBefore } of this.#waiting) {
      ready = Math.min(ready, notBefore);
      if (notBefore === Number.NEGATIVE_INFINITY) break;
    }
    return Math.max(ready, nextStart(this.#pace));
  }

  /** Starts the first request that may start at `now`, and gives its ticket; null if there is none. */
  start(now: number): Ticket | null {
    if (this.nextStart() > now) return null;
    const ticket = this.#waiting.find(({ notBefore }) => notBefore <= now);
    if (ticket === undefined) return null;
    this.leave(ticket);
    ticket.startedAt = now;
    this.#turn = Math.max(this.#turn, ticket.turn);
    this.#pace = start(this.#pace, now);
    return ticket;
  }

  /** Its request is answered with what it asked for; the body may still be on its way. */
  accept(ticket: Ticket, now: number): void {
    this.#passed += 1;
    this.#pace = accept(this.#pace, now, ticket.startedAt);
  }

  /** Its request is refused with a 429; `random` is 0 up to 1. */
  refuse(ticket: Ticket, now: number, refusal: Refusal, random: number): void {
    this.#refusal = refusal;
    ticket.refusal = refusal;
    if (refusal.limit === 'concurrent') {
      this.#pace = refuse(this.#pace, now, ticket.startedAt, refusal, random);
      return;
    }
    if (ticket.refusals === 0) ticket.paceBefore = counted(this.#pace, now);
    const isAlone = this.#isAlone(ticket);
    if (isAlone) ticket.refusalsAlone += 1;
    ticket.refusals += 1;
    ticket.passedBefore = this.#passed;
    if (isAlone && ticket.refusalsAlone >= CHANCES) {
      this.#refuseAlone(ticket, now, refusal, random);
      return;
    }
    this.#pace = refuse(this.#pace, now, ticket.startedAt, refusal, random);
    if (ticket.refusals >= PATIENCE) this.#stepBehind(ticket, WITNESSES);
  }

  #isAlone({ refusals, passedBefore, refusalsAlone }: Ticket): boolean {
    if (refusalsAlone >= CHANCES) return true;
    const witnesses = this.#passed - passedBefore;
    return this.#pace.blockedSince === null && refusals >= PATIENCE && 2 * witnesses >= WITNESSES;
  }

  #refuseAlone(ticket: Ticket, now: number, refusal: Refusal, random: number): void {
    const times = ticket.refusalsAlone - CHANCES;
    if (times === 0) this.#pace = restore(this.#pace, now, ticket.paceBefore);
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** times) * (0.75 + 0.25 * random);
    ticket.notBefore = now + Math.max(refusal.retryAfter ?? 0, wait);
    if (times % QUIET_EVERY === QUIET_EVERY - 1) {
      this.#pace = pauseUntil(this.#pace, now + QUIET_FOR);
    } else {
      this.#stepBehind(ticket, Math.min(MOST_OTHERS, WITNESSES * 2 ** times));
    }
  }

  #stepBehind(ticket: Ticket, others: number): void {
    const last = this.#waiting[Math.min(others, this.#waiting.length) - 1];
    if (last === undefined || !goesBefore(ticket, last)) return;
    ticket.turn = last.turn;
    ticket.order = last.order;
  }

  /** Its request has ended, however it ended. */
  end(now: number): void {
    this.#pace = end(this.#pace, now);
  }
}

function goesBefore(one: Ticket, other: Ticket): boolean {
  return one.turn === other.turn ? one.order < other.order : one.turn < other.turn;
}
