import type { DuckDBPreparedStatement, DuckDBType } from '@duckdb/node-api';

/** A column of a query's result. */
export interface QueryColumn {
  /** Unique in the result: a second `n` is `n:1`. */
  readonly name: string;
  readonly type: DuckDBType;
}

/** The columns that a query will have. */
export function queryColumns(prepared: DuckDBPreparedStatement): QueryColumn[] {
  const used = new Set<string>();
  return Array.from({ length: prepared.columnCount }, (_, index) => {
    const name = prepared.columnName(index);
    let unique = name;
    for (let count = 1; used.has(unique); count += 1) unique = `${name}:${count}`;
    used.add(unique);
    return { name: unique, type: prepared.columnType(index) };
  });
}

/** What a column is called in {@link selectOver}, whatever the query calls it. */
export function columnAt(index: number): string {
  return `c${index}`;
}

/**
 * A SELECT over the rows of a query, in their order.
 *
 * @param cells SQL over the columns, see {@link columnAt}
 * @param query the text of the judged query, see `Sandbox.canonical`
 * @param count of the query's columns
 */
export function selectOver(cells: readonly string[], query: string, count: number): string {
  const columns = Array.from({ length: count }, (_, index) => columnAt(index));
  return `SELECT ${cells.join(', ')} FROM (${query}) AS judged(${columns.join(', ')})`;
}
