import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal, literalList } from '../duckdb.ts';
import { type Action, actionSchema } from './actions.ts';
import type { Checkpoint } from './log-listing.ts';

/** Columns of a checkpoint that hold what chartlift keeps of a table's state. */
const STATE_COLUMNS = ['protocol', 'metaData', 'add', 'txn'] as const;

/**
 * Reads the actions of a checkpoint (Delta protocol, "Checkpoint Schema").
 * Tombstones are most of a checkpoint and only needed to write the next one, so they are left in
 * the file unless asked for.
 *
 * @throws Error of DuckDB or of zod when the file is no checkpoint.
 */
export async function readCheckpoint(
  connection: DuckDBConnection,
  logDirectory: string,
  checkpoint: Checkpoint,
  withTombstones: boolean,
): Promise<Action[]> {
  const files = literalList(checkpoint.files.map((file) => join(logDirectory, file)));
  const wanted = [...STATE_COLUMNS, ...(withTombstones ? ['remove'] : [])];
  // A column that no action needed may be missing in the file.
  const there = await connection.runAndReadAll(
    `SELECT column_name FROM (DESCRIBE FROM read_parquet(${files}))
     WHERE column_name IN (${wanted.map(literal).join(', ')})`,
  );
  const columns = there.getRowsJson().map(([name]) => String(name));
  const present = columns.map((column) => `${identifier(column)} IS NOT NULL`).join(' OR ');
  const row = columns.map((column) => `${identifier(column)} := ${identifier(column)}`).join(', ');
  const rows = await connection.runAndReadAll(
    `SELECT to_json(struct_pack(${row})) FROM read_parquet(${files}) WHERE ${present}`,
  );
  return rows.getRowsJson().map(([json]) => actionSchema.parse(JSON.parse(String(json))));
}
