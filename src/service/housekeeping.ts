import type { Clock } from '../clock.ts';
import { toChartliftError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Stores } from './stores.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long runs are kept. */
export interface RetentionSettings {
  readonly runsPerSource: number;
  readonly days: number;
}

/** Removes what is kept for a time only: old runs with their logs, validations, answers to repeated requests. */
export class Housekeeping {
  readonly #stores: Stores;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #retention: RetentionSettings;
  readonly #stop = new AbortController();
  #repeating: Promise<void> = Promise.resolve();

  constructor(
    stores: Stores,
    options: {
      readonly clock: Clock;
      readonly logger: Logger;
      readonly retention: RetentionSettings;
    },
  ) {
    this.#stores = stores;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#retention = options.retention;
  }

  start(): void {
    this.#repeating = this.#repeat();
  }

  /** Resolves when nothing is being removed any more. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#repeating;
  }

  /** Removes what is due now. */
  async tidy(): Promise<void> {
    const { runs, validations, idempotency } = this.#stores;
    const { runsPerSource, days } = this.#retention;
    await runs.prune({ keepPerSource: runsPerSource, olderThanMs: days * DAY_MS });
    await validations.prune(DAY_MS);
    await idempotency.prune(DAY_MS);
  }

  async #repeat(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await this.tidy();
      } catch (error) {
        this.#logger.error({ err: toChartliftError(error) }, 'old runs could not be removed');
      }
      await this.#clock.sleep(HOUR_MS, signal).catch(() => undefined);
    }
  }
}
