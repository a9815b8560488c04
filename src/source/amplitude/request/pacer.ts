import type { Clock } from '../../../clock.ts';
import { accept, end, FREE_PACE, nextStart, type Pace, refuse, start } from './pacing.ts';
import type { Refusal } from './refusal.ts';

/** What a task tells the pacer about its request, while it runs. */
export interface Turn {
  /** Amplitude answers with what was asked for; the body may still be on its way. */
  accepted(): void;
  /** Amplitude answered 429. */
  refused(refusal: Refusal): void;
}

/** Where a request stands in the queue, and how it waits there. */
export interface Place {
  /** From {@link Pacer.order}: the lower goes first. */
  readonly order: number;
  /** Aborting it leaves the queue. */
  readonly signal: AbortSignal;
  /** Called when it is known that nothing starts before `until` (ms since the epoch). */
  onWait(until: number): void;
}

interface Waiter extends Place {
  announced: number;
  readonly go: () => void;
}

/** Waits shorter than this are not announced: they are over before anyone has read it. */
const WORTH_ANNOUNCING = 1_000;

/**
 * The queue in front of one API key: lets requests start when {@link Pace} says so. A chart keeps its
 * order when it comes back after a refusal or a failure, so it goes before all later ones.
 */
export class Pacer {
  readonly #clock: Clock;
  readonly #random: () => number;
  #pace: Pace = FREE_PACE;
  #orders = 0;
  #refusal: Refusal | null = null;
  #alarm: AbortController | null = null;
  readonly #waiting: Waiter[] = [];

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** The next place at the end of the queue, for one chart. */
  order(): number {
    this.#orders += 1;
    return this.#orders;
  }

  /** The last refusal, as long as nothing has passed since. */
  get refusal(): Refusal | null {
    return this.#pace.refusals > 0 ? this.#refusal : null;
  }

  /**
   * Runs `task`, which makes one request, when it is its turn.
   *
   * @throws the signal's reason if it is aborted before the task starts; else what the task throws
   */
  async run<T>(place: Place, task: (turn: Turn) => Promise<T>): Promise<T> {
    await this.#turn(place);
    const startedAt = this.#clock.now();
    try {
      return await task({
        accepted: () => this.#update(accept(this.#pace, this.#clock.now(), startedAt)),
        refused: (refusal) => this.#refuse(refusal, startedAt),
      });
    } finally {
      this.#update(end(this.#pace, this.#clock.now()));
    }
  }

  #refuse(refusal: Refusal, startedAt: number): void {
    this.#refusal = refusal;
    this.#update(refuse(this.#pace, this.#clock.now(), startedAt, refusal, this.#random()));
  }

  #turn(place: Place): Promise<void> {
    place.signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        this.#startWhatMay();
        reject(place.signal.reason);
      };
      const go = () => {
        place.signal.removeEventListener('abort', leave);
        resolve();
      };
      const waiter = { ...place, onWait: (until: number) => place.onWait(until), announced: 0, go };
      place.signal.addEventListener('abort', leave, { once: true });
      const before = this.#waiting.findLastIndex((other) => other.order < place.order);
      this.#waiting.splice(before + 1, 0, waiter);
      this.#startWhatMay();
    });
  }

  #update(pace: Pace): void {
    this.#pace = pace;
    this.#startWhatMay();
  }

  #startWhatMay(): void {
    this.#alarm?.abort();
    this.#alarm = null;
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const now = this.#clock.now();
      const at = nextStart(this.#pace);
      if (at > now) {
        this.#wakeAt(at, now);
        return;
      }
      this.#pace = start(this.#pace, now);
      this.#waiting.shift();
      first.go();
    }
  }

  /** `at` is infinite while a request must end first; its end calls again. */
  #wakeAt(at: number, now: number): void {
    const { pausedUntil } = this.#pace;
    // A pause holds everyone up; the spacing between two starts is news only to whoever is next.
    if (pausedUntil - now >= WORTH_ANNOUNCING) this.#announce(this.#waiting, pausedUntil);
    else if (Number.isFinite(at)) this.#announce(this.#waiting.slice(0, 1), at);
    if (!Number.isFinite(at)) return;
    const alarm = new AbortController();
    this.#alarm = alarm;
    this.#clock.sleep(at - now, alarm.signal).then(
      () => this.#startWhatMay(),
      () => undefined,
    );
  }
  #announce(waiters: readonly Waiter[], until: number): void {
    if (until - this.#clock.now() < WORTH_ANNOUNCING) return;
    for (const waiter of waiters) {
      if (waiter.announced !== until) waiter.onWait(until);
      waiter.announced = until;
    }
  }
}
