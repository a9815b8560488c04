import { randomUUID } from 'node:crypto';
import type { RecordBatch } from '../stream/record-batch.ts';
import { type CommitOutcome, commitTable, type TableTarget } from './commit/commit-table.ts';
import type { WriteContext } from './commit/write-context.ts';
import { explainWriteFailure } from './lake-error.ts';
import { ContentStager } from './stage/content-stager.ts';

/**
 * The new content of one table on its way into the lake. Call {@link write} for each batch, then
 * {@link commit} or {@link abort}, once.
 */
export interface TableWriter {
  /** Adds rows in the order of the batches. The batch may be reused once this has resolved. */
  write(batch: RecordBatch): Promise<void>;
  /**
   * Names rows whose current state is unknown (`StreamContent.keep`): where the table already has a
   * row with this value in the stream's single key column, that row stays in the place of the one
   * that was written. Looked up at the commit, in the version that the commit replaces.
   */
  keepRows(keys: ReadonlySet<string>): void;
  /**
   * Makes what was written the table's content, in one step.
   * @throws ChartliftError `table_name_taken`, `table_unsupported`, `commit_conflict`, `lake_full`, …
   */
  commit(): Promise<CommitOutcome>;
  /** Drops what was written. Does nothing after {@link commit}. */
  abort(): Promise<void>;
}

/** Stages what it is given in the run's staging directory. */
export class StagingTableWriter implements TableWriter {
  readonly #context: WriteContext;
  readonly #target: TableTarget;
  readonly #stager: ContentStager;
  readonly #hadTable: boolean;
  readonly #onDone: () => void;
  #keep: ReadonlySet<string> = new Set();
  #done = false;

  /** @param hadTable whether there was a table when the write began */
  constructor(context: WriteContext, target: TableTarget, hadTable: boolean, onDone: () => void) {
    this.#context = context;
    this.#hadTable = hadTable;
    this.#target = target;
    this.#onDone = onDone;
    this.#stager = new ContentStager(context, target.stream.columns);
  }

  async write(batch: RecordBatch): Promise<void> {
    try {
      await this.#stager.write(batch);
    } catch (error) {
      throw explainWriteFailure(error, this.#context.lake);
    }
  }

  keepRows(keys: ReadonlySet<string>): void {
    this.#keep = keys;
  }

  async commit(): Promise<CommitOutcome> {
    try {
      const staged = await this.#stager.finish();
      await this.#context.onStep('staged');
      const content = { staged, keep: this.#keep, hadTable: this.#hadTable };
      return await commitTable(this.#context, this.#target, content, randomUUID());
    } catch (error) {
      throw explainWriteFailure(error, this.#context.lake);
    } finally {
      await this.#close();
    }
  }

  async abort(): Promise<void> {
    await this.#close();
  }

  async #close(): Promise<void> {
    if (this.#done) return;
    this.#done = true;
    await this.#stager.discard();
    await this.#context.connection.close();
    this.#onDone();
  }
}
