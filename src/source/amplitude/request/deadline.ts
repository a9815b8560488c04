import type { Clock } from '../../../clock.ts';

/** Tells nobody anything; an error of its own for each deadline would cost a trace of the stack. */
const STOPPED = 'stopped';

/** Aborts at a point in time, or with another signal. */
export class Deadline {
  readonly signal: AbortSignal;
  readonly #outer: AbortSignal;
  readonly #at: number;
  readonly #reached = new AbortController();
  readonly #stopped = new AbortController();
  #holders = 0;

  /** `at` in ms since the epoch; infinite for never. */
  constructor(at: number, clock: Clock, outer: AbortSignal) {
    this.#at = at;
    this.#outer = outer;
    this.signal = AbortSignal.any([outer, this.#reached.signal]);
    if (!Number.isFinite(at)) return;
    clock.sleep(Math.max(0, at - clock.now()), this.#stopped.signal).then(
      () => this.#reached.abort(),
      () => undefined,
    );
  }

  /** Whether it still watches, and for the same. */
  isFor(at: number, outer: AbortSignal): boolean {
    return this.#holders > 0 && this.#at === at && this.#outer === outer;
  }

  /** Whether something ended because of this deadline, by what it threw. */
  passed(thrown: unknown): boolean {
    return this.#reached.signal.aborted && thrown === this.#reached.signal.reason;
  }

  /** For each who needs it, who then has to `release` it, whatever happened. */
  hold(): this {
    this.#holders += 1;
    return this;
  }

  release(): void {
    this.#holders -= 1;
    if (this.#holders === 0) this.#stopped.abort(STOPPED);
  }
}
