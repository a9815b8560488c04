import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ChartliftError } from '../../errors.ts';
import type { RecordBatch } from '../../stream/record-batch.ts';
import type { Column } from '../../stream/schema.ts';
import { syncFile } from '../durable-files.ts';
import { ContentDigest } from './content-digest.ts';
import { fileStatistics } from './file-statistics.ts';
import { PART_ROWS, Part } from './part.ts';
import { writePartFile } from './part-file.ts';

/** A data file that waits in the staging directory; its name is the one it will have in the table. */
export interface StagedFile {
  readonly name: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** JSON text for the log. */
  readonly stats: string;
}

/** The whole content of a table, staged: files in the order of their rows. */
export interface StagedContent {
  readonly files: readonly StagedFile[];
  readonly rows: number;
  readonly bytes: number;
  readonly digest: string;
}

/**
 * Turns batches into data files of the staging directory.
 * While one part is written by DuckDB's threads the next one fills; never more than these two.
 */
export class ContentStager {
  readonly #connection: DuckDBConnection;
  readonly #directory: string;
  readonly #columns: readonly Column[];
  readonly #digest = new ContentDigest();
  readonly #paths: string[] = [];
  readonly #files: StagedFile[] = [];
  #part: Part;
  #rows = 0;
  #writing: Promise<void> = Promise.resolve();

  /** @param connection used by this stager alone until it is finished or discarded. */
  constructor(connection: DuckDBConnection, directory: string, columns: readonly Column[]) {
    this.#connection = connection;
    this.#directory = directory;
    this.#columns = columns;
    this.#part = new Part(columns);
  }

  /** Adds rows; the batch may be reused once this has resolved. */
  async write(batch: RecordBatch): Promise<void> {
    let from = 0;
    while (from < batch.rows) {
      from = this.#part.append(batch, from);
      if (this.#part.rows === PART_ROWS) await this.#startWriting();
    }
  }

  /** Writes what is left, and waits until every file would survive a power loss. */
  async finish(): Promise<StagedContent> {
    if (this.#part.rows > 0) await this.#startWriting();
    await this.#writing;
    return {
      files: this.#files,
      rows: this.#rows,
      bytes: this.#files.reduce((sum, file) => sum + file.size, 0),
      digest: this.#digest.finish(),
    };
  }

  /** Removes the files written so far. */
  async discard(): Promise<void> {
    await this.#writing.catch(() => undefined);
    for (const path of this.#paths) await rm(path, { force: true });
  }

  async #startWriting(): Promise<void> {
    await this.#writing;
    const part = this.#part;
    this.#part = new Part(this.#columns);
    this.#rows += part.rows;
    assertNotNull(part);
    this.#digest.add(part);
    this.#writing = this.#writePart(part);
    // The failure is met at the next write or finish; until then nobody waits for it.
    this.#writing.catch(() => undefined);
  }

  async #writePart(part: Part): Promise<void> {
    const index = String(this.#paths.length).padStart(5, '0');
    const name = `part-${index}-${randomUUID()}.zstd.parquet`;
    const path = join(this.#directory, name);
    this.#paths.push(path);
    await writePartFile(this.#connection, part, path);
    this.#files.push({ name, path, size: await syncFile(path), stats: fileStatistics(part) });
  }
}

/** Delta protocol, "Column Invariants": a writer must not add null to a column that is not nullable. */
function assertNotNull(part: Part): void {
  for (const [index, column] of part.columns.entries()) {
    const nulls = part.vectors[index]?.nulls ?? 0;
    if (column.nullable || nulls === 0) continue;
    throw new ChartliftError(
      'internal',
      `${nulls} records have no ${column.name}, which every record must have.`,
      'This is a fault in the connector. Please report it with the command you ran.',
    );
  }
}
