import { resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Duckdb, startDuckdb } from './duckdb.ts';
import { assertLakeExists, listLayers, listTableIds, tableDirectory } from './lake-directory.ts';
import type { TableSource } from './log/log-entry.ts';
import { readSnapshot } from './log/snapshot.ts';
import { runSql, type SqlOptions, type SqlResult } from './query/run-sql.ts';
import { readHistory, type TableVersion } from './table-history.ts';
import type { TableId } from './table-id.ts';
import { describeTable, type TableListing, tableNotFound } from './table-listing.ts';

/** Read access to a lake. Writes nothing, and needs no right to. */
export interface LakeReader {
  readonly directory: string;
  /** Names of the layers. */
  layers(): Promise<string[]>;
  /** Every table, layer by layer; one that cannot be read is listed with its error. */
  tables(): Promise<TableListing[]>;
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

class DirectoryLakeReader implements LakeReader {
  readonly directory: string;
  /** Started when a checkpoint must be read, and then kept. */
  #duckdb: Promise<Duckdb> | null = null;

  constructor(directory: string) {
    this.directory = directory;
  }

  layers(): Promise<string[]> {
    return listLayers(this.directory);
  }

  async tables(): Promise<TableListing[]> {
    const ids = await listTableIds(this.directory);
    return Promise.all(
      ids.map((id) =>
        describeTable(id, async () => {
          const snapshot = await readSnapshot(this.#source(id));
          if (snapshot === null) throw await tableNotFound(this.directory, id);
          return snapshot;
        }),
      ),
    );
  }

  async history(id: TableId): Promise<TableVersion[]> {
    const versions = await readHistory(this.#source(id));
    if (versions.length === 0) throw await tableNotFound(this.directory, id);
    return versions;
  }

  async sql(text: string, options: SqlOptions = {}): Promise<SqlResult> {
    const { directory } = this;
    const lake = {
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
    return runSql(lake, text, options);
  }

  async close(): Promise<void> {
    (await this.#duckdb)?.close();
    this.#duckdb = null;
  }

  #source(id: TableId): TableSource {
    return {
      id,
      directory: tableDirectory(this.directory, id),
      duckdb: async () => {
        this.#duckdb ??= startDuckdb({ threads: '2' });
        return (await this.#duckdb).connection;
      },
    };
  }
}
