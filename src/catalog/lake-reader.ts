import { resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { lazyDuckdb } from './duckdb.ts';
import {
  assertLakeExists,
  hasTable,
  listLayers,
  listTableIds,
  tableDirectory,
} from './lake-directory.ts';
import type { TableSource } from './log/log-entry.ts';
import { readSnapshot, type Snapshot } from './log/snapshot.ts';
import { type PreviewOptions, previewTable, type TablePreview } from './preview.ts';
import type { SqlTables } from './query/open-query.ts';
import { runSql, type SqlOptions, type SqlResult } from './query/run-sql.ts';
import { type StatisticsOptions, type TableStatistics, tableStatistics } from './statistics.ts';
import { detailTable, type TableDetail } from './table-detail.ts';
import { readHistory, type TableVersion } from './table-history.ts';
import { isLayerName, isTableName, type TableId } from './table-id.ts';
import { describeTable, type TableListing, tableNotFound } from './table-listing.ts';

/** Read access to a lake. Writes nothing, and needs no right to. */
export interface LakeReader {
  readonly directory: string;
  /** Names of the layers. */
  layers(): Promise<string[]>;
  /** Every table, layer by layer; one that cannot be read is listed with its error. */
  tables(): Promise<TableListing[]>;
  /**
   * One table with its columns, at its latest version.
   * @throws ChartliftError `table_not_found`, `table_damaged`, `table_unsupported`
   */
  table(id: TableId): Promise<TableDetail>;
  /**
   * The first rows of a table, in its own order.
   * @throws ChartliftError as {@link table} does, and `version_not_found`
   */
  preview(id: TableId, options?: PreviewOptions): Promise<TablePreview>;
  /**
   * What each column of a table holds. Reads the whole table.
   * @throws ChartliftError as {@link preview} does, and `sql_time_limit`; the signal's reason
   */
  statistics(id: TableId, options?: StatisticsOptions): Promise<TableStatistics>;
  /**
   * Every version of a table that the log still tells, newest first.
   * @throws ChartliftError `table_not_found`, `table_damaged`
   */
  history(id: TableId): Promise<TableVersion[]>;
  /**
   * Runs one query over the tables, each named `layer.table`.
   * @throws ChartliftError `sql_refused`, `sql_failed`, `sql_time_limit`, `version_not_found`, …
   */
  sql(text: string, options?: SqlOptions): Promise<SqlResult>;
  /** The lake as a query needs it, for exports. */
  sqlTables(): Promise<SqlTables>;
  /** Ends the reader; results of {@link sql} stay readable. */
  close(): Promise<void>;
}

/**
 * Opens a lake for reading.
 * @throws ChartliftError `lake_not_found`
 */
export async function openLakeReader(directory: string): Promise<LakeReader> {
  await assertLakeExists(directory);
  // Paths that DuckDB may read are compared as texts, so they must be whole.
  return new DirectoryLakeReader(resolve(directory));
}

/** For checkpoints, previews and statistics: small work, and nothing on disk. */
const SETTINGS = {
  threads: '2',
  memory_limit: '512MiB',
  temp_directory: '',
  errors_as_json: 'true',
};

class DirectoryLakeReader implements LakeReader {
  readonly directory: string;
  /** Started when a checkpoint or a preview must be read, and then kept. */
  readonly #duckdb = lazyDuckdb(SETTINGS);

  constructor(directory: string) {
    this.directory = directory;
  }

  layers(): Promise<string[]> {
    return listLayers(this.directory);
  }

  async tables(): Promise<TableListing[]> {
    const ids = await listTableIds(this.directory);
    const listings = ids.map((id) => describeTable(id, () => this.#snapshot(id)));
    // Dropped or renamed since they were listed.
    const isThere = (table: TableListing) =>
      table.readable || table.error.code !== 'table_not_found';
    return (await Promise.all(listings)).filter(isThere);
  }

  async table(id: TableId): Promise<TableDetail> {
    return detailTable(await this.#snapshot(id));
  }

  async preview(id: TableId, { limit, version }: PreviewOptions = {}): Promise<TablePreview> {
    const snapshot = await this.#snapshot(id, version);
    return this.#connected((connection) =>
      previewTable(connection, snapshot, limit, version !== undefined),
    );
  }

  async statistics(id: TableId, options: StatisticsOptions = {}): Promise<TableStatistics> {
    const snapshot = await this.#snapshot(id, options.version);
    return this.#connected((connection) => tableStatistics(connection, snapshot, options));
  }

  async history(id: TableId): Promise<TableVersion[]> {
    const versions = isTableId(id) ? await readHistory(this.#source(id)) : [];
    if (versions.length === 0) throw await tableNotFound(this.directory, id);
    return versions;
  }

  async sql(text: string, options: SqlOptions = {}): Promise<SqlResult> {
    return runSql(await this.sqlTables(), text, options);
  }

  async sqlTables(): Promise<SqlTables> {
    const { directory } = this;
    return {
      layers: await listLayers(directory),
      tables: await listTableIds(directory),
      async snapshot(id: TableId, version: number | undefined, connection: DuckDBConnection) {
        const source = {
          id,
          directory: tableDirectory(directory, id),
          duckdb: async () => connection,
        };
        const snapshot = await readSnapshot(source, version === undefined ? {} : { version });
        if (snapshot === null) throw await tableNotFound(directory, id);
        return snapshot;
      },
    };
  }

  async close(): Promise<void> {
    await this.#duckdb.close();
  }

  async #snapshot(id: TableId, version?: number): Promise<Snapshot> {
    const request = version === undefined ? {} : { version };
    if (!isTableId(id)) throw await tableNotFound(this.directory, id);
    try {
      const snapshot = await readSnapshot(this.#source(id), request);
      if (snapshot !== null) return snapshot;
    } catch (error) {
      // Half of a log is what is left to read of a table that is taken away meanwhile.
      if (await hasTable(this.directory, id)) throw error;
    }
    throw await tableNotFound(this.directory, id);
  }

  /** Work with a connection of its own, beside whatever else goes on. */
  async #connected<Result>(work: (connection: DuckDBConnection) => Promise<Result>) {
    const connection = await this.#duckdb.connect();
    try {
      return await work(connection);
    } finally {
      connection.closeSync();
    }
  }

  #source(id: TableId): TableSource {
    return {
      id,
      directory: tableDirectory(this.directory, id),
      duckdb: () => this.#duckdb.connection(),
    };
  }
}

/** Whether an id names a place inside the lake: ids come from requests, too. */
function isTableId({ layer, table }: TableId): boolean {
  return isLayerName(layer) && isTableName(table);
}
