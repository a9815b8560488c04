import type { DuckDBConnection } from '@duckdb/node-api';

/** A connection to DuckDB that is opened when it is needed first, if ever: small tables are written without. */
export class LazyConnection {
  readonly #connect: () => Promise<DuckDBConnection>;
  #opened: Promise<DuckDBConnection> | null = null;

  constructor(connect: () => Promise<DuckDBConnection>) {
    this.#connect = connect;
  }

  get(): Promise<DuckDBConnection> {
    this.#opened ??= this.#connect();
    return this.#opened;
  }

  /** To be called when nothing uses it any more. */
  async close(): Promise<void> {
    // One that could not be opened has nothing to close.
    (await this.#opened?.catch(() => null))?.closeSync();
  }
}
