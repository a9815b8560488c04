import { randomUUID } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Clock } from '../clock.ts';
import { type Duckdb, startDuckdb } from './duckdb.ts';
import { stagingSettings } from './stage/part-file.ts';
import { Slots } from './stage/slots.ts';
import { takeStagingDirectory } from './stage/staging-directory.ts';

/**
 * Parts that DuckDB writes at once. Each takes one thread, and up to 150 MB of the memory limit of
 * `stagingSettings`.
 */
export const PARTS_AT_ONCE = 2;

/** Runs that died are looked for this often, in ms: each look reads who is at work. */
const LEFTOVERS_EVERY_MS = 60 * 60 * 1000;

/** One writer's use of the engine. */
export interface EngineUse {
  readonly connection: DuckDBConnection;
  connect(): Promise<DuckDBConnection>;
  /** Ends the use; the last one ends the engine, which gives its memory back. */
  close(): Promise<void>;
}

interface Engine {
  readonly duckdb: Duckdb;
  stop(): Promise<void>;
}

/**
 * One DuckDB for all runs of a process that write to a lake, for as long as any of them needs it: a hundred
 * small runs start it once, and what they hold at once is bounded over all of them.
 */
export class SharedEngine {
  readonly slots = new Slots(PARTS_AT_ONCE);
  readonly #lake: string;
  readonly #clock: Clock;
  readonly #temporary: string | null;
  #engine: Promise<Engine> | null = null;
  #uses = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param lake its directory, in which there is a lake
   * @param temporary where DuckDB may put what does not fit into memory; null: a staging directory of the
   *   engine's own, for as long as it runs
   */
  constructor(lake: string, clock: Clock, temporary: string | null = null) {
    this.#lake = lake;
    this.#clock = clock;
    this.#temporary = temporary;
  }

  /** Whether it is time to look for what runs left that died; says so once. */
  leftoversDue(): boolean {
    const now = this.#clock.now();
    if (now - this.#lookedAt < LEFTOVERS_EVERY_MS) return false;
    this.#lookedAt = now;
    return true;
  }

  async use(): Promise<EngineUse> {
    this.#uses += 1;
    try {
      this.#engine ??= this.#start();
      const { duckdb } = await this.#engine;
      const connection = await duckdb.connect();
      return {
        connection,
        connect: () => duckdb.connect(),
        close: async () => {
          connection.closeSync();
          await this.#leave();
        },
      };
    } catch (error) {
      await this.#leave();
      throw error;
    }
  }

  async #leave(): Promise<void> {
    this.#uses -= 1;
    if (this.#uses > 0) return;
    const engine = this.#engine;
    this.#engine = null;
    // One that did not start has nothing to stop.
    await (await engine?.catch(() => null))?.stop();
  }

  async #start(): Promise<Engine> {
    if (this.#temporary !== null) {
      const duckdb = await startDuckdb(stagingSettings(this.#temporary));
      return { duckdb, stop: async () => duckdb.close() };
    }
    // As runs have one, so that what a dead process left is found.
    const name = `engine-${randomUUID()}`;
    const staging = await takeStagingDirectory(this.#lake, name, this.#clock.now());
    try {
      const duckdb = await startDuckdb(stagingSettings(staging.temporary));
      return {
        duckdb,
        async stop() {
          duckdb.close();
          await staging.remove();
        },
      };
    } catch (error) {
      await staging.remove();
      throw error;
    }
  }
}
