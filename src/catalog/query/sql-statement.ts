import { ChartliftError } from '../../errors.ts';
import { refusedFunction, refusedTableFunction } from './sql-functions.ts';

/** A query split from the `EXPLAIN` before it, which is judged by the query that it explains. */
export interface SplitStatement {
  /** Empty, `EXPLAIN` or `EXPLAIN ANALYZE`. */
  readonly prefix: '' | 'EXPLAIN ' | 'EXPLAIN ANALYZE ';
  /** What follows. */
  readonly body: string;
  /** Where `body` begins in the text, in characters. */
  readonly offset: number;
}

/** White space and comments. */
const IGNORED = String.raw`(?:\s|--[^\n]*(?:\n|$)|/\*(?:[^*]|\*(?!/))*\*/)`;
const EXPLAIN = new RegExp(`^${IGNORED}*explain${IGNORED}+(analyze${IGNORED}+)?`, 'i');

/** Splits `EXPLAIN` and `EXPLAIN ANALYZE` from a statement. */
export function splitExplain(text: string): SplitStatement {
  const match = EXPLAIN.exec(text);
  if (match === null) return { prefix: '', body: text, offset: 0 };
  const [all, analyze] = match;
  const prefix = analyze === undefined ? 'EXPLAIN ' : 'EXPLAIN ANALYZE ';
  return { prefix, body: text.slice(all.length), offset: all.length };
}

/** What a query names, as its syntax tree tells. */
export interface NamedTables {
  /** `layer.table`, lower case, as far as the query says the layer. */
  readonly tables: ReadonlySet<string>;
  /** Whether the query asks for the list of tables, in one of the ways that SQL has. */
  readonly listsTables: boolean;
}

/** Schemas and functions that tell about every table there is. */
const LISTING_SCHEMAS: ReadonlySet<string> = new Set(['information_schema', 'pg_catalog']);
const LISTING_NAME = /^(duckdb_|pragma_|sqlite_|pg_)/;

/** The refusal of a statement that is no query. */
export function refused(message: string, hint: string): ChartliftError {
  return new ChartliftError('sql_refused', message, hint);
}

/** What people may run (DESIGN §5). */
export const READ_ONLY_HINT =
  'The lake is read-only in SQL: SELECT, WITH, FROM, VALUES, SHOW, DESCRIBE, SUMMARIZE and EXPLAIN of these.';

/**
 * Walks the syntax tree of a query as DuckDB's `json_serialize_sql` gives it.
 *
 * @throws ChartliftError `sql_refused` when it calls a function that does more than compute
 */
export function inspectQuery(tree: unknown): NamedTables {
  const tables = new Set<string>();
  let listsTables = false;
  const pending: unknown[] = [tree];
  while (pending.length > 0) {
    const node = pending.pop();
    if (typeof node !== 'object' || node === null) continue;
    const fields = new Map<string, unknown>(Object.entries(node));
    pending.push(...fields.values());
    const type = fields.get('type');
    if (type === 'SHOW_REF' && fields.get('query') === null) listsTables = true;
    if (type === 'BASE_TABLE') {
      const schema = textOf(fields.get('schema_name'));
      const table = textOf(fields.get('table_name'));
      if (LISTING_SCHEMAS.has(schema) || LISTING_NAME.test(table)) listsTables = true;
      tables.add(`${schema}.${table}`);
    }
    if (type === 'TABLE_FUNCTION') {
      const name = functionNameOf(fields.get('function'));
      refuseCall(name, refusedTableFunction(name));
    }
    const name = functionNameOf(node);
    refuseCall(name, refusedFunction(name));
    if (LISTING_NAME.test(name)) listsTables = true;
  }
  return { tables, listsTables };
}

function refuseCall(name: string, reason: string | null): void {
  if (reason !== null)
    throw refused(`${name}() cannot be used here: it ${reason}.`, READ_ONLY_HINT);
}

function functionNameOf(node: unknown): string {
  if (typeof node !== 'object' || node === null || !('function_name' in node)) return '';
  return textOf(node.function_name);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}
