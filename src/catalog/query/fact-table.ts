import { setImmediate } from 'node:timers/promises';
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import { identifier } from '../duckdb.ts';

/** What the columns of a fact table may hold. A `timestamp` is ISO 8601 text. */
export type FactType = 'string' | 'double' | 'bigint' | 'boolean' | 'timestamp';

/** A value of a fact table; a number of a `bigint` column is whole and safe. */
export type FactValue = string | number | boolean | null;

export interface FactColumn {
  readonly name: string;
  readonly type: FactType;
}

/**
 * A table of SQL that is no table of the lake: what the service knows of itself. Its rows are read
 * only by a query that names it. Its schema is a reserved layer name, so no layer is hidden by it.
 */
export interface FactTable {
  readonly schema: 'chartlift';
  readonly name: string;
  readonly columns: readonly FactColumn[];
  /** The rows, each with a value for every column. */
  rows(): AsyncIterable<readonly FactValue[]>;
}

const SQL_TYPES: Record<FactType, string> = {
  string: 'VARCHAR',
  double: 'DOUBLE',
  bigint: 'BIGINT',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP WITH TIME ZONE',
};

/** Rows that are added between two looks at time and signal. */
const ROWS_AT_ONCE = 2048;

/** `schema.name`, as a query names it. */
export function formatFactName({ schema, name }: FactTable): string {
  return `${schema}.${name}`;
}

/** Makes an empty table for the facts. */
export async function createFactTable(
  connection: DuckDBConnection,
  { schema, name, columns }: FactTable,
): Promise<void> {
  const list = columns.map((column) => `${identifier(column.name)} ${SQL_TYPES[column.type]}`);
  await connection.run(
    `CREATE SCHEMA IF NOT EXISTS ${identifier(schema)};
     CREATE TABLE ${identifier(schema)}.${identifier(name)} (${list.join(', ')})`,
  );
}

/**
 * Fills a table that {@link createFactTable} made.
 *
 * @param pause called now and then; what it throws ends the work
 */
export async function fillFactTable(
  connection: DuckDBConnection,
  facts: FactTable,
  pause: () => void,
): Promise<void> {
  const { DuckDBTimestampTZValue } = await import('@duckdb/node-api');
  const appender = await connection.createAppender(facts.name, facts.schema);
  const append = (type: FactType, value: FactValue): void => {
    if (value === null) appender.appendNull();
    else if (type === 'string') appender.appendVarchar(String(value));
    else if (type === 'double') appender.appendDouble(Number(value));
    else if (type === 'bigint') appender.appendBigInt(BigInt(value));
    else if (type === 'boolean') appender.appendBoolean(Boolean(value));
    else {
      const micros = BigInt(Date.parse(String(value))) * 1000n;
      appender.appendTimestampTZ(new DuckDBTimestampTZValue(micros));
    }
  };
  try {
    await appendRows(appender, facts, append, pause);
  } finally {
    appender.closeSync();
  }
}

async function appendRows(
  appender: DuckDBAppender,
  facts: FactTable,
  append: (type: FactType, value: FactValue) => void,
  pause: () => void,
): Promise<void> {
  let rows = 0;
  for await (const row of facts.rows()) {
    for (const [index, { type }] of facts.columns.entries()) append(type, row[index] ?? null);
    appender.endRow();
    rows += 1;
    if (rows % ROWS_AT_ONCE !== 0) continue;
    appender.flushSync();
    // Lets timers and signals come through, however fast the rows come.
    await setImmediate();
    pause();
  }
}
