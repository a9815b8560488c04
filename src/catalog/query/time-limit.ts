import type { DuckDBConnection } from '@duckdb/node-api';
import { ChartliftError } from '../../errors.ts';
import { inTurn } from './engine-turns.ts';

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
  /** When the work began that goes on now; null when none does. */
  #startedAt: number | null = null;

  constructor(connection: DuckDBConnection, limitMs: number, signal: AbortSignal | undefined) {
    this.#connection = connection;
    this.#limitMs = limitMs;
    this.#signal = signal;
  }

  /**
   * Does work of DuckDB when its turn comes, and stops it when time is up or the signal is aborted.
   * @throws ChartliftError `sql_time_limit`; the signal's reason; whatever the work throws
   */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    return inTurn(() => this.#runNow(work), this.#signal);
  }

  async #runNow<Result>(work: () => Promise<Result>): Promise<Result> {
    this.check();
    const started = performance.now();
    this.#startedAt = started;
    let expired = false;
    const timer = setInterval(() => {
      const used = this.#usedMs + performance.now() - started;
      expired ||= used >= this.#limitMs;
      // Again and again: DuckDB forgets an interrupt that comes before its work has begun.
      if (expired || this.#signal?.aborted) this.#connection.interrupt();
    }, TICK_MS);
    try {
      const result = await work();
      // A streamed result just ends when it is interrupted.
      this.#signal?.throwIfAborted();
      if (expired) throw this.#expired(undefined);
      return result;
    } catch (error) {
      this.#signal?.throwIfAborted();
      throw expired ? this.#expired(error) : error;
    } finally {
      clearInterval(timer);
      this.#startedAt = null;
      this.#usedMs += performance.now() - started;
    }
  }

  /**
   * For work in many steps that are not DuckDB's.
   * @throws ChartliftError `sql_time_limit`; the signal's reason
   */
  check(): void {
    this.#signal?.throwIfAborted();
    const running = this.#startedAt === null ? 0 : performance.now() - this.#startedAt;
    if (this.#usedMs + running >= this.#limitMs) throw this.#expired(undefined);
  }

  #expired(cause: unknown): ChartliftError {
    if (cause instanceof ChartliftError) return cause;
    return new ChartliftError(
      'sql_time_limit',
      `The query took longer than ${this.#limitMs / 1000} s and was stopped.`,
      'Select less, filter earlier, or allow more time.',
      { cause },
    );
  }
}
