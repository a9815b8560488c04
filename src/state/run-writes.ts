import { setImmediate as otherWork } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** Writes that are kept together at most: the process does nothing else meanwhile. */
const TOGETHER = 20;

type Work<Result> = (transaction: Transaction<Tables>) => Promise<Result>;

interface Waiting {
  /** Does the work, and gives what is to be done once it is kept. */
  readonly perform: Work<() => void>;
  readonly failed: (error: unknown) => void;
}

/**
 * Keeps what is written in one turn of the event loop in one transaction. SQLite waits for the disk with each
 * transaction, and the whole process with it; where a hundred runs go on at once, they wait together.
 * PostgreSQL does so by itself, and there each has a transaction of its own.
 */
export class RunWrites {
  readonly #database: Database;
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Does the work in a transaction, perhaps with that of others. Resolves when it is kept.
   * @param work is done again by itself where that of others fails
   */
  run<Result>(work: Work<Result>): Promise<Result> {
    if (this.#database.dialect === 'postgres') return this.#alone(work);
    return new Promise((resolve, failed) => {
      this.#waiting.push({
        async perform(transaction) {
          const result = await work(transaction);
          return () => resolve(result);
        },
        failed,
      });
      if (!this.#writing) void this.#writeAll();
    });
  }

  #alone<Result>(work: Work<Result>): Promise<Result> {
    return this.#database.db.transaction().execute(work);
  }

  /** Never rejects. */
  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      await otherWork();
      await this.#writeTogether(this.#waiting.splice(0, TOGETHER));
    }
    this.#writing = false;
  }

  async #writeTogether(batch: readonly Waiting[]): Promise<void> {
    try {
      const kept = await this.#alone(async (transaction) => {
        const done: (() => void)[] = [];
        for (const { perform } of batch) done.push(await perform(transaction));
        return done;
      });
      for (const done of kept) done();
    } catch {
      // What cannot be kept of one must not cost the others theirs.
      for (const { perform, failed } of batch) {
        await this.#alone(perform).then((done) => done(), failed);
      }
    }
  }
}
