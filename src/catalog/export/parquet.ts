import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBPreparedStatement, DuckDBType } from '@duckdb/node-api';
import { identifier, literal } from '../duckdb.ts';
import { explainWriteFailure } from '../lake-error.ts';
import { openQuery } from '../query/open-query.ts';
import { columnAt, queryColumns, selectOver } from '../query/query-columns.ts';
import { refused } from '../query/sql-statement.ts';
import { ROW_GROUP_ROWS } from '../stage/growing-array.ts';
import type { ByteSource } from './byte-stream.ts';
import type { ExportQuery } from './export-query.ts';

/** Bytes that are read of the file at once. */
const READ_BYTES = 256 * 1024;

/**
 * A query's result as a Parquet file with zstd. A Parquet file is only whole at its end, so it is made
 * in a private directory first, the one file that the sandbox may write; its bytes are then read, and
 * it is removed.
 *
 * @throws ChartliftError as `openQuery` does; `sql_refused` for EXPLAIN
 */
export async function exportParquet(query: ExportQuery): Promise<ByteSource> {
  const { temporaryDirectory = tmpdir() } = query.options;
  const directory = await mkdtemp(join(temporaryDirectory, 'chartlift-export-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  const file = join(directory, 'rows.parquet');
  try {
    await writeFile(query, file);
    return { bytes: readBytes(file, remove), close: remove };
  } catch (error) {
    await remove();
    throw explainWriteFailure(error, temporaryDirectory);
  }
}

async function writeFile(
  { lake, text, versions, options }: ExportQuery,
  file: string,
): Promise<void> {
  const query = await openQuery(lake, text, { ...options, versions }, file);
  const { sandbox, limit, statement, serialized } = query;
  try {
    if (query.explains) throw refused('An EXPLAIN cannot be exported.', 'Export the query itself.');
    const prepared = await limit.run(() => sandbox.prepare(statement));
    const copy = copyStatement(await sandbox.canonical(serialized), prepared, file);
    await limit.run(() => sandbox.connection.run(copy));
  } catch (error) {
    throw query.explain(error);
  } finally {
    sandbox.close();
  }
}

/** @param query the text of the judged query */
function copyStatement(query: string, prepared: DuckDBPreparedStatement, file: string): string {
  const cells = queryColumns(prepared).map(
    ({ name, type }, index) => `${exactly(columnAt(index), type)} AS ${identifier(name)}`,
  );
  return `COPY (${selectOver(cells, query, cells.length)}) TO ${literal(file)}
    (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP_ROWS}, USE_TMP_FILE false)`;
}

/** DuckDB would write integers of 128 bits as doubles. */
function exactly(column: string, type: DuckDBType): string {
  return /^U?HUGEINT$/.test(type.toString()) ? `${column}::DECIMAL(38, 0)` : column;
}

async function* readBytes(
  file: string,
  remove: () => Promise<void>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const handle = await open(file, 'r');
  try {
    // Where the system can, it goes as soon as nobody reads it, even when this process is killed.
    if (process.platform !== 'win32') await remove();
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(READ_BYTES));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
    await remove();
  }
}
