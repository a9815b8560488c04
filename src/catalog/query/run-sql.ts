import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import { ChartliftError } from '../../errors.ts';
import { type JsonValue, jsonConverter } from './json-value.ts';
import { leaveResult } from './leave-result.ts';
import { openQuery, type QueryOptions, type SqlTables } from './open-query.ts';
import { type QueryColumn, queryColumns, selectOver } from './query-columns.ts';

export interface SqlOptions extends QueryOptions {
  /** Most rows that the result gives; default all. */
  readonly maxRows?: number;
}

export interface SqlColumn {
  /** Unique in the result: a second `n` is `n:1`. */
  readonly name: string;
  /** As DuckDB names it, such as `VARCHAR` or `DECIMAL(18,3)`. */
  readonly type: string;
}

/** The answer to a query. Iterate {@link chunks} to the end, or call {@link close}. */
export interface SqlResult {
  readonly columns: readonly SqlColumn[];
  /** Whether `maxRows` cut rows off; known once {@link chunks} has ended. */
  readonly truncated: boolean;
  /** Rows as they come, up to 2048 at a time; to be iterated once. Frees the engine at its end. */
  chunks(): AsyncGenerator<readonly (readonly JsonValue[])[], void, undefined>;
  /** Frees the engine. May be called again, but not while {@link chunks} is at work. */
  close(): Promise<void>;
}

/**
 * Runs one query over the tables of a lake, each as `layer.table` (DESIGN §5).
 *
 * @throws ChartliftError as {@link openQuery} does
 */
export async function runSql(
  lake: SqlTables,
  text: string,
  options: SqlOptions,
): Promise<SqlResult> {
  const query = await startQuery(lake, text, options);
  const convert = await jsonConverter();
  const { maxRows = Number.POSITIVE_INFINITY } = options;
  let truncated = false;
  return {
    columns: query.columns.map(({ name, type }) => ({ name, type: type.toString() })),
    get truncated() {
      return truncated;
    },
    async *chunks() {
      let left = maxRows;
      for await (const chunk of query.chunks()) {
        truncated = chunk.rowCount > left;
        if (left > 0) yield chunk.convertRows(convert).slice(0, left);
        if (truncated) return;
        left -= chunk.rowCount;
      }
    },
    close: () => query.close(),
  };
}

/** A query at work, in the engine's own values. Iterate {@link chunks} to the end, or call {@link close}. */
export interface RunningQuery {
  /** Those of the query. */
  readonly columns: readonly QueryColumn[];
  /** Whether each row is one text, as {@link startQuery} was asked for, and not the values of the columns. */
  readonly isText: boolean;
  /** To be iterated once. Frees the engine at its end. */
  chunks(): AsyncGenerator<DuckDBDataChunk, void, undefined>;
  /** Frees the engine. May be called again, but not while {@link chunks} is at work. */
  close(): Promise<void>;
}

/** SQL for a row as one text, over `columnAt`; null where only the values will do. */
export type RowText = (columns: readonly QueryColumn[]) => string | null;

/**
 * Starts one query over the tables of a lake.
 *
 * @param rowText lets the engine make one text of each row
 * @throws ChartliftError as {@link openQuery} does
 */
export async function startQuery(
  lake: SqlTables,
  text: string,
  options: QueryOptions,
  rowText: RowText = () => null,
): Promise<RunningQuery> {
  const query = await openQuery(lake, text, options);
  const { sandbox, limit, statement, explain } = query;
  let unread: DuckDBResult | null = null;
  const close = async () => {
    const result = unread;
    unread = null;
    if (result !== null) await leaveResult(sandbox.connection, result);
    sandbox.close();
  };
  try {
    const { result, columns, isText } = await limit.run(async () => {
      await sandbox.begin();
      const prepared = await sandbox.prepare(statement);
      const columns = queryColumns(prepared);
      const cell = query.explains ? null : rowText(columns);
      const started =
        cell === null
          ? prepared
          : await sandbox.prepare(
              selectOver([cell], await sandbox.canonical(query.serialized), columns.length),
            );
      unread = await started.stream();
      return { result: unread, columns, isText: cell !== null };
    });
    return {
      columns,
      isText,
      async *chunks() {
        try {
          for (;;) {
            const chunk = await limit.run(() => result.fetchChunk());
            if (chunk === null || chunk.rowCount === 0) break;
            yield chunk;
          }
          unread = null;
          if (!(await limit.run(() => sandbox.isWell()))) throw brokenOff();
        } catch (error) {
          throw explain(error);
        } finally {
          await close();
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw explain(error);
  }
}

/** The engine does not say why. What it sees before the first rows, it tells. */
function brokenOff(): ChartliftError {
  return new ChartliftError(
    'sql_failed',
    'The query failed after its first rows: a value cannot be computed, or memory is short.',
    'Look for casts and calculations that not every row allows (TRY_CAST, TRY), or select less.',
  );
}
