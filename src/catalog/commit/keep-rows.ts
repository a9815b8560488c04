import type { DuckDBDataChunk } from '@duckdb/node-api';
import { ChartliftError } from '../../errors.ts';
import type { ColumnVector, RecordBatch } from '../../stream/record-batch.ts';
import type { Column } from '../../stream/schema.ts';
import type { Stream } from '../../stream/stream.ts';
import { identifier, literalList } from '../duckdb.ts';
import { hasItsFiles, snapshotFiles } from '../log/data-file-path.ts';
import { hasColumns } from '../log/delta-schema.ts';
import type { Snapshot } from '../log/snapshot.ts';
import { tableRelation } from '../log/table-relation.ts';
import { ContentStager, type StagedContent } from '../stage/content-stager.ts';
import type { WriteContext } from './write-context.ts';

/** Staged content with some rows of the table in it. */
export interface KeptContent {
  readonly content: StagedContent;
  /** Removes its files as far as no commit has moved them. */
  discard(): Promise<void>;
}

/**
 * Puts rows of the table in the place of staged ones: where the stream does not know the current
 * state of a row (`StreamContent.keep`), the table keeps what it has.
 *
 * Returns null when the table has none of the rows, other columns than the stream now has, or lost its files.
 */
export async function keepRows(
  context: WriteContext,
  previous: Snapshot,
  staged: StagedContent,
  stream: Stream,
  keys: ReadonlySet<string>,
): Promise<KeptContent | null> {
  if (keys.size === 0 || !hasColumns(previous.fields, stream.columns)) return null;
  if (!hasItsFiles(previous)) return null;
  const [key, ...more] = stream.keys;
  if (key === undefined || more.length > 0) {
    throw new ChartliftError(
      'internal',
      `Stream ${stream.name} keeps rows without having exactly one key.`,
      'This is a fault in the connector. Please report it with the command you ran.',
    );
  }
  const column = identifier(key);
  const wanted = literalList([...keys].map((text) => text.toWellFormed()));
  const before = `SELECT * FROM (${tableRelation(previous.fields, snapshotFiles(previous))})
    WHERE ${column} IN (SELECT unnest(${wanted}))
    QUALIFY row_number() OVER (PARTITION BY ${column}) = 1`;
  const duckdb = await context.connection.get();
  const found = await duckdb.runAndReadAll(`SELECT count(*) FROM (${before})`);
  if (Number(found.getRowsJson()[0]?.[0] ?? 0) === 0) return null;
  // The rows are read while the stager writes.
  const connection = await context.connect();
  const stager = new ContentStager(context, stream.columns);
  try {
    const files = (await staged.files()).map((file) => file.path);
    const cells = stream.columns.map(({ name }) => {
      const cell = identifier(name);
      return `CASE WHEN before.${column} IS NULL THEN after.${cell} ELSE before.${cell} END`;
    });
    const rows = await connection.stream(
      `SELECT ${cells.join(', ')}
       FROM (SELECT *, row_number() OVER () AS "row position"
             FROM (${tableRelation(previous.fields, files)})) after
       LEFT JOIN (${before}) before ON before.${column} = after.${column}
       ORDER BY after."row position"`,
    );
    for await (const chunk of rows) await stager.write(toBatch(chunk, stream.columns));
    return { content: await stager.finish(), discard: () => stager.discard() };
  } catch (error) {
    await stager.discard();
    throw error;
  } finally {
    connection.closeSync();
  }
}

/** A chunk of a query's result in the words of streams. */
function toBatch(chunk: DuckDBDataChunk, columns: readonly Column[]): RecordBatch {
  const vectors = columns.map((column, index): ColumnVector => {
    const cells = chunk.getColumnValues(index);
    if (column.type === 'double') {
      const values = Float64Array.from(cells, (cell) => Number(cell ?? Number.NaN));
      return { kind: 'double', values, valid: undefined };
    }
    const values = cells.map((cell) => (cell === null ? '' : String(cell)));
    const indices = Int32Array.from(cells, (cell, row) => (cell === null ? -1 : row));
    return { kind: 'dictionary', values, indices };
  });
  return { rows: chunk.rowCount, columns: vectors };
}
