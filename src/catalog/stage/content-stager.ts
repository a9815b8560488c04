import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ChartliftError } from '../../errors.ts';
import type { RecordBatch } from '../../stream/record-batch.ts';
import type { Column } from '../../stream/schema.ts';
import type { Disk } from '../disk/disk.ts';
import { syncFile } from '../durable-files.ts';
import { systemErrorCode } from '../lake-error.ts';
import type { LazyConnection } from '../lazy-connection.ts';
import { ContentDigest } from './content-digest.ts';
import { fileStatistics } from './file-statistics.ts';
import { PART_ROWS } from './growing-array.ts';
import { fitsSmallFile } from './parquet/parquet-file.ts';
import { Part } from './part.ts';
import { writePartFile } from './part-file.ts';
import type { Slots } from './slots.ts';

/** A data file that waits in the staging directory; its name is the one it will have in the table. */
export interface StagedFile {
  readonly name: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** JSON text for the log. */
  readonly stats: string;
}

/** The whole content of a table, ready to be committed. */
export interface StagedContent {
  readonly rows: number;
  readonly digest: string;
  /** Its rows, where they are few and therefore in memory; else null. */
  readonly part: Part | null;
  /**
   * Its data files in the order of their rows, each of which would survive a power loss. Content of few rows
   * is written when it is asked for first, since most of it turns out to be what the table holds already.
   */
  files(): Promise<readonly StagedFile[]>;
}

/** Where parts are staged, and the DuckDB that writes them (with `stagingSettings`). */
export interface StagingPlace {
  readonly staging: string;
  /** Writes what is small. */
  readonly disk: Disk;
  /** Used by the stager alone until it is finished. */
  readonly connection: LazyConnection;
  /** Bounds how many parts DuckDB holds at once, over all tables of a run. */
  readonly slots: Slots;
}

/**
 * Turns batches into data files of the staging directory. One part is written while the next one
 * fills, never more: two parts take turns, and each is filled again in the memory that it has.
 */
export class ContentStager {
  readonly #place: StagingPlace;
  readonly #columns: readonly Column[];
  readonly #digest = new ContentDigest();
  readonly #paths: string[] = [];
  readonly #files: StagedFile[] = [];
  /** Null as long as no row has come, and once their rows are in files. */
  #filling: Part | null = null;
  #written: Part | null = null;
  /** Settles when {@link #written} is in its file. */
  #writing = Promise.resolve();
  #rows = 0;
  #wholeFiles: Promise<readonly StagedFile[]> | null = null;

  constructor(place: StagingPlace, columns: readonly Column[]) {
    this.#place = place;
    this.#columns = columns;
  }

  /** Adds rows; the batch may be reused once this has resolved. */
  async write(batch: RecordBatch): Promise<void> {
    let from = 0;
    while (from < batch.rows) {
      this.#filling ??= new Part(this.#columns);
      from = this.#filling.append(batch, from);
      if (this.#filling.rows === PART_ROWS) await this.#takeTurns(this.#filling);
    }
  }

  /** Ends the content. Unless it is small, waits until it is in its files. */
  async finish(): Promise<StagedContent> {
    const part = this.#filling ?? new Part(this.#columns);
    const isSmall = this.#paths.length === 0 && fitsSmallFile(part);
    if (isSmall) this.#count(part);
    else await this.#writeAll(part);
    return {
      rows: this.#rows,
      digest: this.#digest.finish(),
      part: isSmall ? part : null,
      files: () => {
        this.#wholeFiles ??= isSmall ? this.#writeSmall(part) : Promise.resolve(this.#files);
        return this.#wholeFiles;
      },
    };
  }

  /** Removes the files written so far, as far as nobody has moved them. */
  async discard(): Promise<void> {
    await this.#wholeFiles?.catch(() => undefined);
    await this.#release();
    for (const path of this.#paths) await removeIfThere(path);
  }

  async #writeAll(last: Part): Promise<void> {
    if (last.rows > 0) await this.#takeTurns(last);
    await this.#writing;
    await this.#release();
  }

  async #writeSmall(part: Part): Promise<readonly StagedFile[]> {
    if (part.rows > 0) await this.#writePart(part);
    await this.#release();
    return this.#files;
  }

  /** Gives back the memory of the parts. */
  async #release(): Promise<void> {
    await this.#writing.catch(() => undefined);
    this.#filling = null;
    this.#written = null;
  }

  /** As soon as the other part is in its file, starts to write this one and makes room in the other. */
  async #takeTurns(full: Part): Promise<void> {
    await this.#writing;
    this.#count(full);
    this.#writing = this.#writePart(full);
    // A failure is met at the next turn; until then nobody waits for it.
    this.#writing.catch(() => undefined);
    this.#filling = this.#written;
    this.#filling?.clear();
    this.#written = full;
  }

  #count(part: Part): void {
    if (part.rows === 0) return;
    assertNotNull(part);
    this.#rows += part.rows;
    this.#digest.add(part);
  }

  async #writePart(part: Part): Promise<void> {
    const index = this.#paths.length;
    const name = `part-${String(index).padStart(5, '0')}-${randomUUID()}.zstd.parquet`;
    const path = join(this.#place.staging, name);
    this.#paths.push(path);
    const stats = fileStatistics(part);
    this.#files[index] = { name, path, size: await this.#writeFile(part, path), stats };
  }

  /** Returns the bytes of the file. */
  async #writeFile(part: Part, path: string): Promise<number> {
    const { connection, disk, slots } = this.#place;
    if (fitsSmallFile(part)) return disk.writePart(part, path);
    await slots.run(async () => writePartFile(await connection.get(), part, path));
    return syncFile(path);
  }
}

async function removeIfThere(path: string): Promise<void> {
  // Most have moved into their table by now.
  if (!existsSync(path)) return;
  await unlink(path).catch((error: unknown) => {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  });
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
