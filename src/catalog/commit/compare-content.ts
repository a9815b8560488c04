import type { Stream } from '../../stream/stream.ts';
import { identifier } from '../duckdb.ts';
import type { LazyConnection } from '../lazy-connection.ts';
import { hasItsFiles, snapshotFiles } from '../log/data-file-path.ts';
import { hasColumns } from '../log/delta-schema.ts';
import { countFiles } from '../log/file-counts.ts';
import type { Snapshot } from '../log/snapshot.ts';
import { tableRelation } from '../log/table-relation.ts';
import { type Cell, cellsOf } from '../stage/cells.ts';
import type { StagedContent } from '../stage/content-stager.ts';
import { readSmallFile } from '../stage/parquet/small-file-reader.ts';
import { rowDifference } from './row-difference.ts';
import type { WriteContext } from './write-context.ts';

/** Larger data files are left to DuckDB: they are not read into memory. */
const MOST_BYTES_READ = 1024 * 1024;

const NO_ROWS: ReadonlyMap<string, readonly Cell[]> = new Map();

/** Rows of both states together from which on their hashes are compared. */
const MIN_HASHED_ROWS = 100_000;

/** How two states of a table differ, in rows, told apart by the stream's keys. */
export interface ContentChange {
  readonly added: number;
  readonly removed: number;
  /** Rows whose key stayed and whose other columns did not. */
  readonly changed: number;
}

/**
 * Compares staged content with a version of the table; null when both hold the same rows, as often
 * each, in whatever order. A version whose files are gone or damaged is replaced as a whole.
 */
export async function compareContent(
  context: Pick<WriteContext, 'connection' | 'slots'>,
  previous: Snapshot,
  staged: StagedContent,
  stream: Stream,
): Promise<ContentChange | null> {
  if (!hasItsFiles(previous)) return replacement(previous, staged);
  if (!hasColumns(previous.fields, stream.columns)) {
    return replacement(
      previous,
      staged,
      await context.slots.run(() => countRows(context, previous)),
    );
  }
  if (previous.commitInfo?.contentDigest === staged.digest) return null;
  const change =
    (await compareSmall(previous, staged, stream)) ??
    (await context.slots.run(() => compareByQuery(context.connection, previous, staged, stream)));
  return change.added + change.removed + change.changed === 0 ? null : change;
}

/** Compares content of few rows that are at hand; null where they are not (decision 23). */
async function compareSmall(
  previous: Snapshot,
  staged: StagedContent,
  stream: Stream,
): Promise<ContentChange | null> {
  const [file, ...more] = snapshotFiles(previous);
  const { bytes } = countFiles(previous.files);
  if (staged.part === null || more.length > 0 || bytes > MOST_BYTES_READ) return null;
  // What cannot be read, DuckDB cannot either; it says so better.
  const read = file === undefined ? NO_ROWS : await readSmallFile(file).catch(() => null);
  if (read === null) return null;
  const { columns, keys } = stream;
  const before = columns.map(({ name }) => read.get(name) ?? []);
  const isKey = columns.map(({ name }) => keys.length === 0 || keys.includes(name));
  return rowDifference(before, cellsOf(staged.part), isKey);
}

/** All rows of the version go, all that are staged come. */
function replacement(
  previous: Snapshot,
  staged: StagedContent,
  removed = countFiles(previous.files).rows ?? 0,
): ContentChange {
  return { added: staged.rows, removed, changed: 0 };
}

async function countRows(
  { connection }: Pick<WriteContext, 'connection'>,
  previous: Snapshot,
): Promise<number> {
  const relation = tableRelation(previous.fields, snapshotFiles(previous));
  const duckdb = await connection.get();
  const counted = await duckdb.runAndReadAll(`SELECT count(*) FROM (${relation})`);
  return numberAt(counted.getRowsJson()[0], 0);
}

async function compareByQuery(
  connection: LazyConnection,
  previous: Snapshot,
  staged: StagedContent,
  stream: Stream,
): Promise<ContentChange> {
  const files = snapshotFiles(previous);
  const before = tableRelation(previous.fields, files);
  const after = tableRelation(
    previous.fields,
    (await staged.files()).map((file) => file.path),
  );
  const rows = staged.rows + (countFiles(previous.files).rows ?? MIN_HASHED_ROWS);
  const query = differenceQuery(before, after, stream, rows >= MIN_HASHED_ROWS);
  const duckdb = await connection.get();
  try {
    const result = await duckdb.runAndReadAll(query);
    const [row] = result.getRowsJson();
    return { added: numberAt(row, 0), removed: numberAt(row, 1), changed: numberAt(row, 2) };
  } catch (error) {
    // It names a file that it cannot read.
    if (files.some((file) => String(error).includes(file))) return replacement(previous, staged);
    throw error;
  }
}

function numberAt(row: readonly unknown[] | undefined, column: number): number {
  return Number(row?.[column] ?? 0);
}

/**
 * The difference of two multisets of rows, counted by key.
 *
 * @param hashed compare 64-bit hashes of rows and keys instead of themselves: grouping numbers is
 * several times faster and takes a fraction of the memory. A change of one row could then hide with
 * a chance of 1 in 2^64.
 */
function differenceQuery(before: string, after: string, stream: Stream, hashed: boolean): string {
  const columns = stream.columns.map((column) => identifier(column.name)).join(', ');
  const keys = stream.keys.length > 0 ? stream.keys.map(identifier).join(', ') : columns;
  const row = hashed ? `hash(${columns}) AS row_hash, hash(${keys}) AS key_hash` : columns;
  const rowGroup = hashed ? 'row_hash, key_hash' : columns;
  const keyGroup = hashed ? 'key_hash' : keys;
  return `
    SELECT
      sum(greatest(more - less, 0))::BIGINT,
      sum(greatest(less - more, 0))::BIGINT,
      sum(least(more, less))::BIGINT
    FROM (
      SELECT sum(greatest(n, 0)) AS more, sum(greatest(-n, 0)) AS less
      FROM (
        SELECT ${rowGroup}, sum(n) AS n
        FROM (SELECT ${row}, 1 AS n FROM (${after}) UNION ALL SELECT ${row}, -1 FROM (${before}))
        GROUP BY ${rowGroup} HAVING sum(n) <> 0
      ) GROUP BY ${keyGroup}
    )`;
}
