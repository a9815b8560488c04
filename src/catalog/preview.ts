import type { DuckDBConnection } from '@duckdb/node-api';
import { snapshotFiles } from './log/data-file-path.ts';
import { recordsOf } from './log/file-counts.ts';
import type { Snapshot } from './log/snapshot.ts';
import { tableRelation } from './log/table-relation.ts';
import { type JsonValue, jsonConverter } from './query/json-value.ts';
import { assertFilesExist, damagedData } from './query/open-query.ts';
import type { SqlColumn } from './query/run-sql.ts';
import { formatTableId } from './table-id.ts';

export interface PreviewOptions {
  /** Most rows; default 100. */
  readonly limit?: number;
  /** Default: the latest. */
  readonly version?: number;
}

/** The first rows of a table, in its own order. */
export interface TablePreview {
  readonly version: number;
  readonly columns: readonly SqlColumn[];
  readonly rows: readonly (readonly JsonValue[])[];
}

const DEFAULT_LIMIT = 100;

/**
 * Reads the first rows of a table out of the first of its files, and of the others nothing.
 *
 * @param asked whether somebody asked for just this version
 * @throws ChartliftError `table_damaged`, `version_not_found`
 */
export async function previewTable(
  connection: DuckDBConnection,
  snapshot: Snapshot,
  limit: number = DEFAULT_LIMIT,
  asked = false,
): Promise<TablePreview> {
  const files = firstFiles(snapshot, limit);
  await assertFilesExist(snapshot, files, asked);
  try {
    const result = await connection.runAndReadAll(
      `${tableRelation(snapshot.fields, files)} LIMIT ${Math.max(0, Math.trunc(limit))}`,
    );
    const columns = result
      .columnNames()
      .map((name, index) => ({ name, type: result.columnType(index).toString() }));
    const rows = result.convertRows(await jsonConverter());
    return { version: snapshot.version, columns, rows };
  } catch (error) {
    throw damagedData(formatTableId(snapshot.id), error);
  }
}

/** The first data files that together hold `limit` rows. One without statistics counts as empty. */
function firstFiles(snapshot: Snapshot, limit: number): string[] {
  let rows = 0;
  let count = 0;
  for (const file of snapshot.files) {
    if (rows >= limit) break;
    rows += recordsOf(file) ?? 0;
    count += 1;
  }
  return snapshotFiles(snapshot).slice(0, count);
}
