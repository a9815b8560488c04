import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { identifier } from './duckdb.ts';
import type { AddFile } from './log/actions.ts';
import { snapshotFiles } from './log/data-file-path.ts';
import { type DeltaField, duckdbType } from './log/delta-schema.ts';
import type { Snapshot } from './log/snapshot.ts';
import { tableRelation } from './log/table-relation.ts';
import { type JsonValue, jsonConverter } from './query/json-value.ts';
import { assertFilesExist, damagedData } from './query/open-query.ts';
import { TimeLimit } from './query/time-limit.ts';
import { formatTableId } from './table-id.ts';

export interface StatisticsOptions {
  /** Default: the latest. */
  readonly version?: number;
  /** Time that the engine may work, in ms. Default 30,000. */
  readonly timeMs?: number;
  readonly signal?: AbortSignal;
}

/** What one column of a table holds. */
export interface ColumnStatistics {
  readonly name: string;
  readonly nulls: number;
  /** Different values, nulls left out: exact up to some thousands, above that an estimate that may be a fifth off. */
  readonly distinct: number;
  /** Null where no row has a value, and for lists, structs, maps and bytes, which have no order. */
  readonly min: JsonValue;
  readonly max: JsonValue;
  /** Null for all but numbers. */
  readonly average: JsonValue;
}

export interface TableStatistics {
  readonly version: number;
  readonly rows: number;
  readonly columns: readonly ColumnStatistics[];
}

const DEFAULT_TIME_MS = 30_000;

/**
 * Up to this estimate the values are counted one by one, which is then cheap. DuckDB's
 * `approx_count_distinct` was seen to be 16 % off for 365 values.
 */
const EXACT_DISTINCT = 5_000;

/** Texts of the log are whole below this; longer ones are cut (Delta keeps 32 characters). */
const WHOLE_TEXT = 32;

const fileSchema = z.object({
  numRecords: z.number(),
  minValues: z.record(z.string(), z.unknown()).default({}),
  maxValues: z.record(z.string(), z.unknown()).default({}),
  nullCount: z.record(z.string(), z.unknown()).default({}),
});
type FileStatistics = z.output<typeof fileSchema>;

const NUMBERS: ReadonlySet<string> = new Set([
  'double',
  'float',
  'long',
  'integer',
  'short',
  'byte',
]);

/**
 * What each column of a table holds. What the log tells for sure (nulls, bounds of numbers and short
 * texts) is taken from there; the rest is counted, each column's data read once.
 *
 * @throws ChartliftError `sql_time_limit`, `table_damaged`, `version_not_found`; the signal's reason
 */
export async function tableStatistics(
  connection: DuckDBConnection,
  snapshot: Snapshot,
  options: StatisticsOptions = {},
): Promise<TableStatistics> {
  const files = snapshotFiles(snapshot);
  await assertFilesExist(snapshot, files, options.version !== undefined);
  const told = snapshot.files.map(parseStatistics);
  const known = told.every((file) => file !== null) ? told : null;
  const plans = snapshot.fields.map((field) => planColumn(field, known));
  const limit = new TimeLimit(connection, options.timeMs ?? DEFAULT_TIME_MS, options.signal);
  const relation = tableRelation(snapshot.fields, files);
  const convert = await jsonConverter();
  const ask = async (cells: readonly string[]): Promise<JsonValue[]> => {
    if (cells.length === 0) return [];
    const query = `SELECT ${cells.join(', ')} FROM (${relation})`;
    const result = await limit.run(() => connection.runAndReadAll(query));
    return result.convertRows(convert)[0] ?? [];
  };
  try {
    const [rows, ...values] = await ask(['count(*)', ...plans.flatMap(({ cells }) => cells)]);
    const columns = plans.map((plan) => readColumn(plan, Number(rows), () => values.shift()));
    const few = columns.filter(({ distinct }) => distinct <= EXACT_DISTINCT);
    const exact = await ask(few.map(({ name }) => `count(DISTINCT ${identifier(name)})`));
    const counts = new Map(few.map(({ name }, index) => [name, Number(exact[index])]));
    return {
      version: snapshot.version,
      rows: Number(rows),
      columns: columns.map((column) => ({
        ...column,
        distinct: counts.get(column.name) ?? column.distinct,
      })),
    };
  } catch (error) {
    // Whatever the limit or the signal threw stays; all else is the engine that cannot read.
    limit.check();
    throw damagedData(formatTableId(snapshot.id), error);
  }
}

function readColumn(
  { name, nulls: known, bounds, averaged }: ColumnPlan,
  rows: number,
  next: () => JsonValue | undefined,
): ColumnStatistics {
  const estimate = Number(next());
  const nulls = known ?? Number(next());
  const [min, max] = bounds ?? [next() ?? null, next() ?? null];
  const average = averaged ? (next() ?? null) : null;
  return { name, nulls, distinct: Math.min(estimate, rows - nulls), min, max, average };
}

/** What to count of one column, and what needs no counting. */
interface ColumnPlan {
  readonly name: string;
  /** Null when it must be counted. */
  readonly nulls: number | null;
  /** Null when they must be looked for. */
  readonly bounds: readonly [JsonValue, JsonValue] | null;
  readonly averaged: boolean;
  /** SQL in the order of distinct, nulls, min, max, average; what is known left out. */
  readonly cells: readonly string[];
}

function planColumn(field: DeltaField, files: readonly FileStatistics[] | null): ColumnPlan {
  const { name, type } = field;
  const column = identifier(name);
  const nulls = files === null ? null : sumNulls(name, files);
  const ordered = typeof type === 'string' && type !== 'binary';
  const bounds = ordered ? boundsOf(field, files) : ([null, null] as const);
  const averaged =
    typeof type === 'string' && (NUMBERS.has(type) || duckdbType(type).startsWith('DECIMAL'));
  return {
    name,
    nulls,
    bounds,
    averaged,
    cells: [
      `approx_count_distinct(${column})`,
      ...(nulls === null ? [`count(*) - count(${column})`] : []),
      ...(bounds === null ? [`min(${column})`, `max(${column})`] : []),
      ...(averaged ? [`avg(${column})`] : []),
    ],
  };
}

function sumNulls(name: string, files: readonly FileStatistics[]): number | null {
  let sum = 0;
  for (const { nullCount } of files) {
    const nulls = nullCount[name];
    if (typeof nulls !== 'number') return null;
    sum += nulls;
  }
  return sum;
}

/** The bounds of a column as all files together tell them; null when one of them does not tell for sure. */
function boundsOf(
  { name, type }: DeltaField,
  files: readonly FileStatistics[] | null,
): readonly [string | number, string | number] | null {
  if (files === null || files.length === 0 || typeof type !== 'string') return null;
  const isSure = (value: unknown): value is string | number =>
    NUMBERS.has(type)
      ? Number.isSafeInteger(value) || (typeof value === 'number' && type === 'double')
      : type === 'string' && typeof value === 'string' && value.length < WHOLE_TEXT;
  let bounds: [string | number, string | number] | null = null;
  for (const { minValues, maxValues, numRecords, nullCount } of files) {
    if (nullCount[name] === numRecords) continue;
    const min = minValues[name];
    const max = maxValues[name];
    if (!isSure(min) || !isSure(max)) return null;
    bounds ??= [min, max];
    if (compare(min, bounds[0]) < 0) bounds[0] = min;
    if (compare(max, bounds[1]) > 0) bounds[1] = max;
  }
  return bounds;
}

/** Numbers by size, texts by their bytes, as Delta and DuckDB do. */
function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}

function parseStatistics(file: AddFile): FileStatistics | null {
  if (file.stats === null) return null;
  try {
    return fileSchema.parse(JSON.parse(file.stats));
  } catch {
    // Statistics are optional, and so is their form.
    return null;
  }
}
