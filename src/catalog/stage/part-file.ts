import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DuckDBConnection, DuckDBType, DuckDBVector } from '@duckdb/node-api';
import { identifier, literal } from '../duckdb.ts';
import { ROW_GROUP_ROWS } from './growing-array.ts';
import type { NumberColumn } from './number-column.ts';
import type { Part } from './part.ts';
import type { TextColumn } from './text-column.ts';

/** Rows of a DuckDB data chunk: its standard vector size. */
const CHUNK_ROWS = 2048;
/** Chunks appended in one turn of the event loop (about 20 ms), so that requests and timers go on. */
const CHUNKS_PER_TURN = 64;
/**
 * Above these a table of texts is not small against the memory limit any more. A join that spills
 * to disk would lose the order of rows, so such columns hold their texts in every row.
 */
const MAX_DICTIONARY_TEXTS = 65_536;
const MAX_DICTIONARY_LENGTH = 4_000_000;

/**
 * How a column goes through DuckDB:
 * - `constant`: one text for all rows, written into the query;
 * - `plain`: a value in each row;
 * - `dictionary`: a number in each row, joined to its text while the file is written.
 */
type Passage =
  | { readonly form: 'constant'; readonly text: string | null }
  | { readonly form: 'plain'; readonly vector: TextColumn | NumberColumn }
  | {
      readonly form: 'dictionary';
      readonly vector: TextColumn;
      /** Number of the column's first text in the table of all texts. */
      readonly base: number;
    };

function passages(part: Part): Passage[] {
  let base = 0;
  return part.vectors.map((vector): Passage => {
    if (vector.kind === 'number') return { form: 'plain', vector };
    const { texts, nulls } = vector;
    const [first] = texts;
    // A NUL would end the text of the query.
    if (first === undefined) return { form: 'constant', text: null };
    if (texts.length === 1 && nulls === 0 && !first.includes('\0')) {
      return { form: 'constant', text: first };
    }
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    if (texts.length > MAX_DICTIONARY_TEXTS || length > MAX_DICTIONARY_LENGTH) {
      return { form: 'plain', vector };
    }
    const dictionary = { form: 'dictionary', vector, base } as const;
    base += textsOf(vector).length;
    return dictionary;
  });
}

/**
 * The texts of a column as its rows number them, behind them a null if rows have none: a row without a
 * number to join would leave its place.
 */
function textsOf({ texts, nulls }: TextColumn): readonly (string | null)[] {
  return nulls === 0 ? texts : [...texts, null];
}

function fillNumbers(target: DuckDBVector, source: NumberColumn, from: number, rows: number): void {
  const { values } = source;
  for (let row = 0; row < rows; row += 1) {
    const value = values[from + row] ?? Number.NaN;
    target.setItem(row, Number.isNaN(value) ? null : value);
  }
  target.flush();
}

function fillTexts(target: DuckDBVector, source: TextColumn, from: number, rows: number): void {
  const { ids, texts } = source;
  for (let row = 0; row < rows; row += 1) {
    target.setItem(row, texts[ids[from + row] ?? -1] ?? null);
  }
  target.flush();
}

function fillIds(
  target: DuckDBVector,
  source: TextColumn,
  base: number,
  from: number,
  rows: number,
): void {
  const { ids, texts } = source;
  for (let row = 0; row < rows; row += 1) {
    const id = ids[from + row] ?? -1;
    target.setItem(row, base + (id < 0 ? texts.length : id));
  }
  target.flush();
}

/** Creates a temporary table and fills it chunk by chunk. */
async function appendTable(
  connection: DuckDBConnection,
  name: string,
  types: readonly DuckDBType[],
  rows: number,
  fill: (vectorAt: (column: number) => DuckDBVector, from: number, rows: number) => void,
): Promise<void> {
  const { DuckDBDataChunk } = await import('@duckdb/node-api');
  const columns = types.map((type, index) => `c${index} ${type}`).join(', ');
  await connection.run(`CREATE TEMP TABLE ${name} (${columns})`);
  const appender = await connection.createAppender(name, 'main', 'temp');
  try {
    const chunk = DuckDBDataChunk.create(types);
    for (let from = 0; from < rows; from += CHUNK_ROWS) {
      chunk.reset();
      chunk.rowCount = Math.min(CHUNK_ROWS, rows - from);
      fill((column) => chunk.getColumnVector(column), from, chunk.rowCount);
      appender.appendDataChunk(chunk);
      if ((from / CHUNK_ROWS) % CHUNKS_PER_TURN === CHUNKS_PER_TURN - 1) await nextTurn();
    }
  } finally {
    appender.closeSync();
  }
}

/**
 * Writes a part as one zstd Parquet file, its rows in their order.
 *
 * The connection must keep joins as they are written (`disabled_optimizers`, see
 * {@link stagingSettings}), so that the small table of texts is the one held in memory.
 */
export async function writePartFile(
  connection: DuckDBConnection,
  part: Part,
  path: string,
): Promise<void> {
  const { DOUBLE, INTEGER, VARCHAR } = await import('@duckdb/node-api');
  const ways = passages(part);
  const stored = ways.flatMap((way) => (way.form === 'constant' ? [] : [way]));
  const texts = stored.flatMap((way) => (way.form === 'dictionary' ? textsOf(way.vector) : []));
  const tables: string[] = [];
  try {
    if (stored.length > 0) {
      const types = stored.map((way) => {
        if (way.form === 'dictionary') return INTEGER;
        return way.vector.kind === 'number' ? DOUBLE : VARCHAR;
      });
      tables.push('part_rows');
      await appendTable(connection, 'part_rows', types, part.rows, (vectorAt, from, rows) => {
        for (const [column, way] of stored.entries()) {
          const target = vectorAt(column);
          if (way.form === 'dictionary') fillIds(target, way.vector, way.base, from, rows);
          else if (way.vector.kind === 'number') fillNumbers(target, way.vector, from, rows);
          else fillTexts(target, way.vector, from, rows);
        }
      });
    }
    if (texts.length > 0) {
      tables.push('part_texts');
      const types = [INTEGER, VARCHAR];
      await appendTable(connection, 'part_texts', types, texts.length, (vectorAt, from, rows) => {
        const ids = vectorAt(0);
        const values = vectorAt(1);
        for (let row = 0; row < rows; row += 1) {
          ids.setItem(row, from + row);
          values.setItem(row, texts[from + row] ?? null);
        }
        ids.flush();
        values.flush();
      });
    }
    await connection.run(copyStatement(part, ways, path));
  } finally {
    for (const table of tables) await connection.run(`DROP TABLE IF EXISTS temp.${table}`);
  }
}

function copyStatement(part: Part, ways: readonly Passage[], path: string): string {
  const columns: string[] = [];
  const joins: string[] = [];
  let stored = 0;
  for (const [index, way] of ways.entries()) {
    const name = identifier(part.columns[index]?.name ?? '');
    if (way.form === 'constant') {
      const text = way.text === null ? 'NULL' : literal(way.text);
      columns.push(`${text}::VARCHAR AS ${name}`);
      continue;
    }
    const source = `part_rows.c${stored}`;
    stored += 1;
    if (way.form === 'plain') {
      columns.push(`${source} AS ${name}`);
    } else {
      joins.push(`LEFT JOIN part_texts t${index} ON t${index}.c0 = ${source}`);
      columns.push(`t${index}.c1 AS ${name}`);
    }
  }
  const rows = stored > 0 ? 'part_rows' : `range(${part.rows})`;
  // Without PRESERVE_ORDER the blocks of rows that come out of a join are written in any order.
  return `COPY (SELECT ${columns.join(', ')} FROM ${rows} ${joins.join(' ')})
    TO ${literal(path)}
    (FORMAT parquet, COMPRESSION zstd, PRESERVE_ORDER true, ROW_GROUP_SIZE ${ROW_GROUP_ROWS})`;
}

/**
 * Settings of the DuckDB that stages parts. With one thread a file is written row group by row group;
 * several would hold back each other's rows until their order is known. Statements of different
 * connections have their own threads all the same.
 * @param temporary where it may put what does not fit into memory
 */
export function stagingSettings(temporary: string): Record<string, string> {
  return {
    threads: '1',
    memory_limit: '320MB',
    temp_directory: temporary,
    disabled_optimizers: 'join_order,build_side_probe_side',
  };
}
