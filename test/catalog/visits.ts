import type { CommitOutcome, TableTarget } from '../../src/catalog/commit/commit-table.ts';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import { type LakeWriterOptions, openLakeWriter } from '../../src/catalog/lake-writer.ts';
import type { JsonValue } from '../../src/catalog/query/json-value.ts';
import type { SqlOptions } from '../../src/catalog/query/run-sql.ts';
import type { RecordBatch } from '../../src/stream/record-batch.ts';
import type { Stream } from '../../src/stream/stream.ts';

/** A stream as charts have: labels, a date and a number. */
export const visits: Stream = {
  name: 'chart_visits',
  description: 'Visits by country and day.',
  columns: [
    { name: 'chart_id', type: 'string', nullable: false, description: 'The id.' },
    { name: 'country', type: 'string', nullable: true, description: 'The country.' },
    { name: 'day', type: 'string', nullable: false, description: 'The day.' },
    { name: 'value', type: 'double', nullable: true, description: 'The number of visits.' },
  ],
  keys: ['chart_id', 'country', 'day'],
  syncModes: ['FULL_TABLE'],
};

export const visitsTable: TableTarget = {
  id: { layer: 'raw', table: 'chart_visits' },
  stream: visits,
  labels: { source: 'test', folder: null, title: 'Visits' },
};

export type Cell = string | number | null;

/** Rows as one batch, each text column with a dictionary. */
export function batchOf(stream: Stream, rows: readonly (readonly Cell[])[]): RecordBatch {
  const columns = stream.columns.map(({ type }, column) => {
    const cells = rows.map((row) => row[column] ?? null);
    if (type === 'double') {
      const values = Float64Array.from(cells, (cell) => Number(cell ?? 0));
      const valid = Uint8Array.from(cells, (cell) => (cell === null ? 0 : 1));
      return { kind: 'double', values, valid } as const;
    }
    const numbers = new Map<Cell, number>([[null, -1]]);
    for (const cell of cells) if (!numbers.has(cell)) numbers.set(cell, numbers.size - 1);
    const values = [...numbers.keys()].flatMap((cell) => (cell === null ? [] : [String(cell)]));
    const indices = Int32Array.from(cells, (cell) => numbers.get(cell) ?? -1);
    return { kind: 'dictionary', values, indices } as const;
  });
  return { rows: rows.length, columns };
}

let runs = 0;

/** Opens the lake, replaces one table and closes it. */
export async function replaceTable(
  lake: string,
  target: TableTarget,
  batches: readonly RecordBatch[],
  options: Partial<LakeWriterOptions> = {},
): Promise<CommitOutcome> {
  runs += 1;
  const writer = await openLakeWriter(lake, {
    runId: `run-${process.pid}-${runs}`,
    create: true,
    ...options,
  });
  try {
    const table = await writer.openTable(target);
    for (const batch of batches) await table.write(batch);
    return await table.commit();
  } finally {
    await writer.close();
  }
}

/** `count` rows of {@link visits}: each country has `days` of them. */
export function visitRows(count: number, days = 30, offset = 0): Cell[][] {
  return Array.from({ length: count }, (_, row) => [
    'abc123',
    `Country ${Math.floor(row / days)}`,
    `2024-01-${String((row % days) + 1).padStart(2, '0')}`,
    row + offset,
  ]);
}

/** Runs a query and gathers all of its rows. */
export async function queryRows(
  lake: string,
  text: string,
  options: SqlOptions = {},
): Promise<readonly (readonly JsonValue[])[]> {
  const reader = await openLakeReader(lake);
  try {
    const result = await reader.sql(text, options);
    const rows: (readonly JsonValue[])[] = [];
    for await (const chunk of result.chunks()) rows.push(...chunk);
    return rows;
  } finally {
    await reader.close();
  }
}
