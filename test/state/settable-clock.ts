import type { Clock } from '../../src/clock.ts';

/** A clock that stands until it is moved. Sleeping takes no time, and moves it. */
export interface SettableClock extends Clock {
  /** In ms since the epoch. */
  time: number;
}

/** Starts at the first moment of 2026. */
export function settableClock(): SettableClock {
  return {
    time: Date.UTC(2026, 0, 1),
    now() {
      return this.time;
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      this.time += ms;
    },
  };
}
