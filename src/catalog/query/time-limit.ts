import type { DuckDBConnection } from '@duckdb/node-api';
import { ChartliftError } from '../../errors.ts';

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
    const interrupt = () => this.#connection.interrupt();
    const timer = setTimeout(
      () => {
        expired = true;
        interrupt();
      },
      Math.max(this.#limitMs - this.#usedMs, 0),
    );
    this.#signal?.addEventListener('abort', interrupt);
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
      clearTimeout(timer);
      this.#signal?.removeEventListener('abort', interrupt);
      this.#usedMs += performance.now() - started;
    }
  }
}
