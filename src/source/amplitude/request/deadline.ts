import type { Clock } from '../../../clock.ts';

/** Tells nobody anything; an error of its own for each deadline would cost a trace of the stack. */
const STOPPED = 'stopped';

/** Aborts at a point in time. */
export class Deadline {
  readonly #reached = new AbortController();
  readonly #stopped = new AbortController();

  /** `at` in ms since the epoch; infinite for never. */
  constructor(at: number, clock: Clock) {
    if (!Number.isFinite(at)) return;
    clock.sleep(Math.max(0, at - clock.now()), this.#stopped.signal).then(
      () => this.#reached.abort(),
      () => undefined,
    );
  }

  get signal(): AbortSignal {
    return this.#reached.signal;
  }

  /** Whether something ended because of this deadline, by what it threw. */
  passed(thrown: unknown): boolean {
    return this.#reached.signal.aborted && thrown === this.#reached.signal.reason;
  }

  /** To be called at the end, whatever happened. */
  stop(): void {
    this.#stopped.abort(STOPPED);
  }
}
