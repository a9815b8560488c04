import type { Clock } from '../clock.ts';

/** What a loop sleeps by: it wakes up after some time, or at once when somebody rings. */
export class Bell {
  readonly #clock: Clock;
  #rung = false;
  #sleep: AbortController | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Wakes the sleeper, or lets its next sleep end at once. */
  ring(): void {
    this.#rung = true;
    this.#sleep?.abort();
  }

  /** Sleeps `ms` milliseconds, or until the bell rings; not at all if it has rung since the last sleep. */
  async sleep(ms: number): Promise<void> {
    if (!this.#rung) {
      const sleep = new AbortController();
      this.#sleep = sleep;
      await this.#clock.sleep(ms, sleep.signal).catch(() => undefined);
      this.#sleep = null;
    }
    this.#rung = false;
  }
}
