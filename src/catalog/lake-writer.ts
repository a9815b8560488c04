import { type Clock, systemClock } from '../clock.ts';
import type { TableTarget } from './commit/commit-table.ts';
import { CommitJournal } from './commit/journal.ts';
import { removeLeftovers } from './commit/leftovers.ts';
import type { WriteContext } from './commit/write-context.ts';
import type { StepHook } from './commit/write-step.ts';
import { type Disk, disk as ownDisk } from './disk/disk.ts';
import {
  assertLakeExists,
  assertLayerExists,
  createLake,
  hasTable,
  listTableIds,
  tableDirectory,
} from './lake-directory.ts';
import { explainWriteFailure } from './lake-error.ts';
import { LazyConnection } from './lazy-connection.ts';
import { type VacuumedTable, type VacuumOptions, vacuumTable } from './retention/vacuum.ts';
import { type EngineUse, SharedEngine } from './shared-engine.ts';
import { type StagingDirectory, takeStagingDirectory } from './stage/staging-directory.ts';
import { assertTableName, formatTableId, type TableId } from './table-id.ts';
import { tableNotFound } from './table-listing.ts';
import { StagingTableWriter, type TableWriter } from './table-writer.ts';

export interface LakeWriterOptions {
  /** Names the run in every commit; letters, digits, `_` and `-`, never used twice. */
  readonly runId: string;
  /** Make the lake when it is not there. Default: refuse with `lake_not_found`. */
  readonly create?: boolean;
  readonly clock?: Clock;
  /** The engine of all runs of this process. Default: one of its own. */
  readonly engine?: SharedEngine | undefined;
  /** Writes small tables. Default: the thread that asks. */
  readonly disk?: Disk | undefined;
  /** For tests. */
  readonly onStep?: StepHook;
}

/** One run's access to a lake. Several tables may be written at once. */
export interface LakeWriter {
  readonly directory: string;
  readonly runId: string;
  /**
   * Begins to write the whole content of a table.
   * @throws ChartliftError `layer_unknown`, `table_name_invalid`
   */
  openTable(target: TableTarget): Promise<TableWriter>;
  /**
   * Removes what only versions need that were replaced more than `retainDays` ago, from every
   * table or from one. Never what the latest version or a run at work needs.
   * @throws ChartliftError `table_not_found`, `table_damaged`, `table_unsupported`
   */
  vacuum(options: VacuumOptions & { readonly table?: TableId }): Promise<VacuumedTable[]>;
  /** Ends the run's work: what was not committed is dropped. */
  close(): Promise<void>;
}

/**
 * Opens a lake for one run's writing.
 * @throws ChartliftError `lake_not_found`, `lake_not_writable`, `lake_full`
 */
export async function openLakeWriter(
  directory: string,
  options: LakeWriterOptions,
): Promise<LakeWriter> {
  const clock = options.clock ?? systemClock;
  try {
    if (options.create) await createLake(directory);
    await assertLakeExists(directory);
    const staging = await takeStagingDirectory(directory, options.runId, clock.now());
    const engine = options.engine ?? new SharedEngine(directory, clock, staging.temporary);
    const { runId, disk = ownDisk, onStep } = options;
    const writer = new DirectoryLakeWriter(directory, runId, staging, clock, engine, disk, onStep);
    try {
      if (engine.leftoversDue()) await writer.removeLeftovers();
      await onStep?.('opened');
      return writer;
    } catch (error) {
      await writer.close();
      throw error;
    }
  } catch (error) {
    throw explainWriteFailure(error, directory);
  }
}

class DirectoryLakeWriter implements LakeWriter {
  readonly directory: string;
  readonly runId: string;
  readonly #staging: StagingDirectory;
  readonly #clock: Clock;
  readonly #onStep: StepHook;
  readonly #open = new Set<TableWriter>();
  readonly #engine: SharedEngine;
  readonly #disk: Disk;
  readonly #journal: CommitJournal;
  #use: Promise<EngineUse> | null = null;

  constructor(
    directory: string,
    runId: string,
    staging: StagingDirectory,
    clock: Clock,
    engine: SharedEngine,
    disk: Disk,
    onStep: StepHook = () => undefined,
  ) {
    this.directory = directory;
    this.runId = runId;
    this.#staging = staging;
    this.#clock = clock;
    this.#engine = engine;
    this.#disk = disk;
    this.#journal = new CommitJournal(staging.path);
    this.#onStep = onStep;
  }

  async openTable(target: TableTarget): Promise<TableWriter> {
    assertTableName(target.id.table);
    try {
      await assertLayerExists(this.directory, target.id.layer);
      const connect = async () => (await this.#useEngine()).connect();
      const context: WriteContext = {
        lake: this.directory,
        runId: this.runId,
        staging: this.#staging.path,
        clock: this.#clock,
        disk: this.#disk,
        journal: this.#journal,
        connect,
        connection: new LazyConnection(connect),
        slots: this.#engine.slots,
        onStep: this.#onStep,
      };
      const hadTable = await hasTable(this.directory, target.id);
      const writer = new StagingTableWriter(context, target, hadTable, () =>
        this.#open.delete(writer),
      );
      this.#open.add(writer);
      return writer;
    } catch (error) {
      throw explainWriteFailure(error, this.directory);
    }
  }

  async vacuum(options: VacuumOptions & { readonly table?: TableId }): Promise<VacuumedTable[]> {
    const tables = await listTableIds(this.directory);
    const { table } = options;
    const chosen = table
      ? tables.filter((id) => formatTableId(id) === formatTableId(table))
      : tables;
    if (table && chosen.length === 0) throw await tableNotFound(this.directory, table);
    try {
      const vacuumed: VacuumedTable[] = [];
      for (const id of chosen) {
        const source = {
          id,
          directory: tableDirectory(this.directory, id),
          duckdb: async () => (await this.#useEngine()).connection,
        };
        vacuumed.push(await vacuumTable(this.directory, source, options, this.#clock.now()));
      }
      return vacuumed;
    } catch (error) {
      throw explainWriteFailure(error, this.directory);
    }
  }

  /** Cleans up after runs that died. */
  async removeLeftovers(): Promise<void> {
    const duckdb = async () => (await this.#useEngine()).connection;
    await removeLeftovers(this.directory, this.#clock.now(), duckdb);
  }

  async close(): Promise<void> {
    for (const writer of this.#open) await writer.abort();
    // One that did not start is closed already.
    await (await this.#use?.catch(() => null))?.close();
    await this.#journal.close();
    await this.#staging.remove();
  }

  #useEngine(): Promise<EngineUse> {
    this.#use ??= this.#engine.use();
    return this.#use;
  }
}
