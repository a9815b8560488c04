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
import { PART_ROWS } from './growing-array.ts';
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

/** The whole content of a table, staged: files in the order of their rows. */
export interface StagedContent {
  readonly files: readonly StagedFile[];
  readonly rows: number;
  readonly bytes: number;
  readonly digest: string;
}

/** Where parts are staged, and the DuckDB that writes them (with `stagingSettings`). */
export interface StagingPlace {
  readonly staging: string;
  /** Used by the stager alone until it is finished. */
  readonly connection: DuckDBConnection;
  connect(): Promise<DuckDBConnection>;
  /** Bounds how many parts DuckDB holds at once, over all tables of a run. */
  readonly slots: Slots;
}

/**
 * Writes one part while another fills. Two take turns: each has a connection, since the temporary
 * tables of a part belong to one, and memory that is used again for the part after next.
 */
interface Lane {
  readonly connection: DuckDBConnection;
  readonly part: Part;
  /** Settles when the lane's last part is written. */
  writing: Promise<void>;
}

/** Turns batches into data files of the staging directory. */
export class ContentStager {
  readonly #place: StagingPlace;
  readonly #columns: readonly Column[];
  readonly #digest = new ContentDigest();
  readonly #paths: string[] = [];
  readonly #files: StagedFile[] = [];
  #filling: Lane;
  #other: Lane | null = null;
  #rows = 0;

  constructor(place: StagingPlace, columns: readonly Column[]) {
    this.#place = place;
    this.#columns = columns;
    this.#filling = this.#lane(place.connection);
  }

  /** Adds rows; the batch may be reused once this has resolved. */
  async write(batch: RecordBatch): Promise<void> {
    let from = 0;
    while (from < batch.rows) {
      from = this.#filling.part.append(batch, from);
      if (this.#filling.part.rows < PART_ROWS) continue;
      const full = this.#filling;
      this.#startWriting(full);
      this.#filling = this.#other ?? this.#lane(await this.#place.connect());
      this.#other = full;
      await this.#filling.writing;
      this.#filling.part.clear();
    }
  }

  /** Writes what is left, and waits until every file would survive a power loss. */
  async finish(): Promise<StagedContent> {
    if (this.#filling.part.rows > 0) this.#startWriting(this.#filling);
    await this.#other?.writing;
    await this.#filling.writing;
    await this.#release();
    return {
      files: this.#files,
      rows: this.#rows,
      bytes: this.#files.reduce((sum, file) => sum + file.size, 0),
      digest: this.#digest.finish(),
    };
  }

  /** Removes the files written so far, as far as nobody has moved them. */
  async discard(): Promise<void> {
    await this.#release();
    for (const path of this.#paths) await rm(path, { force: true });
  }

  /** Gives back the memory of the lanes and the connection that was opened for one of them. */
  async #release(): Promise<void> {
    const lanes = [this.#filling, this.#other];
    this.#filling = this.#lane(this.#place.connection);
    this.#other = null;
    for (const lane of lanes) {
      if (lane === null) continue;
      await lane.writing.catch(() => undefined);
      if (lane.connection !== this.#place.connection) lane.connection.closeSync();
    }
  }

  #lane(connection: DuckDBConnection): Lane {
    return { connection, part: new Part(this.#columns), writing: Promise.resolve() };
  }

  #startWriting(lane: Lane): void {
    assertNotNull(lane.part);
    this.#rows += lane.part.rows;
    this.#digest.add(lane.part);
    lane.writing = this.#writePart(lane);
    // The failure is met when the lane is needed again; until then nobody waits for it.
    lane.writing.catch(() => undefined);
  }

  async #writePart({ connection, part }: Lane): Promise<void> {
    const index = this.#paths.length;
    const name = `part-${String(index).padStart(5, '0')}-${randomUUID()}.zstd.parquet`;
    const path = join(this.#place.staging, name);
    this.#paths.push(path);
    const stats = fileStatistics(part);
    await this.#place.slots.run(() => writePartFile(connection, part, path));
    this.#files[index] = { name, path, size: await syncFile(path), stats };
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
