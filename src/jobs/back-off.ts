import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';

/** The first wait after a failure, in ms; it doubles with each. */
const FIRST_WAIT = 100;

/** A database that is away for minutes must not flood the log, nor wait much longer than it is away. */
const LONGEST_WAIT = 10_000;

/** How long to wait after so many failures in a row, in ms. */
export function waitAfter(failures: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failures - 1, 20));
}

export interface BackOffOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Aborting it ends the tries. */
  readonly signal: AbortSignal;
  /** For the log, as in "could not …". */
  readonly what: string;
  /** Default: until it works. */
  readonly tries?: number;
}

/**
 * Does `task` until it works, with longer and longer waits; each failure is in the log.
 *
 * @throws what the task threw last, when the tries are over
 */
export async function withBackOff<Result>(
  task: () => Promise<Result>,
  { clock, logger, signal, what, tries = Number.POSITIVE_INFINITY }: BackOffOptions,
): Promise<Result> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await task();
    } catch (error) {
      if (failures >= tries || signal.aborted) throw error;
      const wait = waitAfter(failures);
      logger.warn({ err: error, wait_ms: wait }, `could not ${what}; trying again`);
      await clock.sleep(wait, signal).catch(() => undefined);
      if (signal.aborted) throw error;
    }
  }
}
