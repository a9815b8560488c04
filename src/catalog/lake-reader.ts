import { type Duckdb, startDuckdb } from './duckdb.ts';
import { assertLakeExists, listLayers, listTableIds, tableDirectory } from './lake-directory.ts';
import { readSnapshot, type SnapshotSource } from './log/snapshot.ts';
import type { TableId } from './table-id.ts';
import { describeTable, type TableListing, tableNotFound } from './table-listing.ts';

/** Read access to a lake. Writes nothing, and needs no right to. */
export interface LakeReader {
  readonly directory: string;
  /** Names of the layers. */
  layers(): Promise<string[]>;
  /** Every table, layer by layer; one that cannot be read is listed with its error. */
  tables(): Promise<TableListing[]>;
  close(): Promise<void>;
}

/**
 * Opens a lake for reading.
 * @throws ChartliftError `lake_not_found`
 */
export async function openLakeReader(directory: string): Promise<LakeReader> {
  await assertLakeExists(directory);
  return new DirectoryLakeReader(directory);
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
    const listings: TableListing[] = [];
    for (const id of await listTableIds(this.directory)) {
      const source = this.#source(id);
      listings.push(
        await describeTable(id, async () => {
          const snapshot = await readSnapshot(source);
          if (snapshot === null) throw await tableNotFound(this.directory, id);
          return snapshot;
        }),
      );
    }
    return listings;
  }

  async close(): Promise<void> {
    (await this.#duckdb)?.close();
    this.#duckdb = null;
  }

  #source(id: TableId): SnapshotSource {
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
