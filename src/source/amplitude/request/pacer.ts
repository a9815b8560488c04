import type { Clock } from '../../../clock.ts';
import type { Refusal } from './refusal.ts';
import { RequestQueue, type Ticket } from './request-queue.ts';

/** What a task tells the pacer about its request, while it runs. */
export interface Turn {
  /** Amplitude answers with what was asked for; the body may still be on its way. */
  accepted(): void;
  /** Amplitude answered 429. */
  refused(refusal: Refusal): void;
}

/** How a chart waits for its turn. */
export interface Place {
  /** From {@link Pacer.draw}. */
  readonly ticket: Ticket;
  /** Aborting it leaves the queue. */
  readonly signal: AbortSignal;
  /** Called when it is known that nothing starts before `until` (ms since the epoch). */
  onWait(until: number): void;
}

interface Waiter {
  readonly place: Place;
  readonly go: () => void;
  announced: number;
}

/** Tells nobody anything; an error of its own for each alarm would cost a trace of the stack. */
const REPLACED = 'replaced';

/** Waits shorter than this are not announced: they are over before anyone has read it. */
const WORTH_ANNOUNCING = 1_000;

/** Lets the requests of one API key start when their {@link RequestQueue} says so. */
export class Pacer {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #queue = new RequestQueue();
  readonly #waiters = new Map<Ticket, Waiter>();
  #alarm: AbortController | null = null;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /**
   * A ticket for one chart: it keeps its place in the queue over all requests made with it.
   *
   * @param caller whose chart it is; callers take turns, so that none waits for all of another's charts
   */
  draw(caller?: object): Ticket {
    return this.#queue.draw(caller);
  }

  /** What the queue was told last, as long as nothing has passed since. */
  get refusal(): Refusal | null {
    return this.#queue.refusal;
  }

  /**
   * Runs `task`, which makes one request, when it is its turn.
   *
   * @throws the signal's reason if it is aborted before the task starts; else what the task throws
   */
  async run<T>(place: Place, task: (turn: Turn) => Promise<T>): Promise<T> {
    await this.#turn(place);
    const { ticket } = place;
    try {
      return await task({
        accepted: () => {
          this.#queue.accept(ticket, this.#clock.now());
          this.#startWhatMay();
        },
        refused: (refusal) => {
          this.#queue.refuse(ticket, this.#clock.now(), refusal, this.#random());
          this.#startWhatMay();
        },
      });
    } finally {
      this.#queue.end(this.#clock.now());
      this.#startWhatMay();
    }
  }

  #turn(place: Place): Promise<void> {
    const { ticket, signal } = place;
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#queue.leave(ticket);
        this.#waiters.delete(ticket);
        this.#startWhatMay();
        reject(signal.reason);
      };
      const go = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiters.set(ticket, { place, go, announced: 0 });
      this.#queue.enter(ticket);
      this.#startWhatMay();
      this.#announce(ticket, ticket.notBefore);
    });
  }

  #startWhatMay(): void {
    this.#alarm?.abort(REPLACED);
    this.#alarm = null;
    const now = this.#clock.now();
    for (let ticket = this.#queue.start(now); ticket !== null; ticket = this.#queue.start(now)) {
      this.#waiters.get(ticket)?.go();
      this.#waiters.delete(ticket);
    }
    this.#announceWaits(now);
    const next = this.#queue.nextStart();
    if (Number.isFinite(next)) this.#wakeAt(next, now);
  }

  #wakeAt(at: number, now: number): void {
    const alarm = new AbortController();
    this.#alarm = alarm;
    this.#clock.sleep(Math.max(0, at - now), alarm.signal).then(
      () => this.#startWhatMay(),
      () => undefined,
    );
  }

  /** A pause holds everyone up; the spacing between two starts is news only to whoever is next. */
  #announceWaits(now: number): void {
    const { waiting, pausedUntil } = this.#queue;
    if (pausedUntil - now >= WORTH_ANNOUNCING) {
      for (const ticket of waiting) this.#announce(ticket, Math.max(pausedUntil, ticket.notBefore));
    } else if (waiting[0] !== undefined) {
      this.#announce(waiting[0], this.#queue.nextStart());
    }
  }

  #announce(ticket: Ticket, until: number): void {
    const waiter = this.#waiters.get(ticket);
    if (waiter === undefined || waiter.announced >= until) return;
    if (!Number.isFinite(until) || until - this.#clock.now() < WORTH_ANNOUNCING) return;
    waiter.announced = until;
    waiter.place.onWait(until);
  }
}
