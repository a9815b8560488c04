import type { DuckDBConnection } from '@duckdb/node-api';
import { ChartliftError } from '../../errors.ts';

/** How often time and signal are looked at. */
const TICK_MS = 20;

/**
 * Bounds how long DuckDB works for one query. Only time spent waiting for it counts, so that a slow
 * reader of a long result is not cut off.
 */
export class TimeLimit {
  readonly #connection: DuckDBConnection;
  readonly #limitMs: number;
  readonly #signal: AbortSignal | undefined;
  #usedMs = 0;

  constructor(connection: DuckDBConnection, limitMs: number, signal: AbortSignal | undefined) {
    this.#connection = connection;
    this.#limitMs = limitMs;
    this.#signal = signal;
  }

  /**
   * Waits for work of DuckDB, and stops it when time is up or the signal is aborted.
   * @throws ChartliftError `sql_time_limit`; the signal's reason; whatever the work throws
   */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#signal?.throwIfAborted();
    const started = performance.now();
    let expired = false;
    const timer = setInterval(() => {
      const used = this.#usedMs + performance.now() - started;
      expired ||= used >= this.#limitMs;
      // Again and again: DuckDB forgets an interrupt that comes before its work has begun.
      if (expired || this.#signal?.aborted) this.#connection.interrupt();
    }, TICK_MS);
    try {
      return await work();
    } catch (error) {
      this.#signal?.throwIfAborted();
      if (!expired) throw error;
      throw new ChartliftError(
        'sql_time_limit',
        `The query took longer than ${this.#limitMs / 1000} s and was stopped.`,
        'Select less, filter earlier, or allow more time.',
        { cause: error },
      );
    } finally {
      clearInterval(timer);
      this.#usedMs += performance.now() - started;
    }
  }
}
