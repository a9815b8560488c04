import { access } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ChartliftError } from '../../errors.ts';
import { snapshotFiles } from '../log/data-file-path.ts';
import type { Snapshot } from '../log/snapshot.ts';
import { tableRelation } from '../log/table-relation.ts';
import { formatTableId, nameTables, parseTableId, type TableId } from '../table-id.ts';
import { type JsonValue, jsonConverter } from './json-value.ts';
import { Sandbox } from './sandbox.ts';
import { explainSqlError, parseEngineError, type SqlErrorContext } from './sql-error.ts';
import { inspectQuery, refused, splitExplain } from './sql-statement.ts';
import { TimeLimit } from './time-limit.ts';

export interface SqlLimits {
  /** Time that the engine may work, in ms. Default 60,000. */
  readonly timeMs?: number;
  /** Memory that the engine may use, in MiB. Default 1,024. */
  readonly memoryMb?: number;
}

export interface SqlOptions {
  /** Older versions to read, by `layer.table`; all other tables are read at their latest. */
  readonly versions?: ReadonlyMap<string, number>;
  readonly limits?: SqlLimits;
  /** Stops the query; it then throws the signal's reason. */
  readonly signal?: AbortSignal;
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
  /** Rows as they come, up to 2048 at a time; to be iterated once. Frees the engine at its end. */
  chunks(): AsyncGenerator<readonly (readonly JsonValue[])[], void, undefined>;
  close(): void;
}

/** The lake as a query needs it. */
export interface SqlTables {
  readonly layers: readonly string[];
  readonly tables: readonly TableId[];
  /** Reads a table's log; the connection serves to read checkpoints. */
  snapshot(
    id: TableId,
    version: number | undefined,
    connection: DuckDBConnection,
  ): Promise<Snapshot>;
}

const DEFAULT_TIME_MS = 60_000;
const DEFAULT_MEMORY_MB = 1024;
/** Queries that people or programs write are far shorter; the parser's memory is bounded by this. */
const MAX_QUERY_LENGTH = 1_000_000;

/**
 * Runs one query over the tables of a lake, each as `layer.table` (DESIGN §5).
 *
 * @throws ChartliftError `sql_refused` for anything but a query, `sql_failed`, `sql_time_limit`,
 * `table_not_found` and `version_not_found` for `versions`, and what makes a table unreadable
 */
export async function runSql(
  lake: SqlTables,
  text: string,
  options: SqlOptions,
): Promise<SqlResult> {
  if (text.length > MAX_QUERY_LENGTH) {
    throw refused(`The query is longer than ${MAX_QUERY_LENGTH} characters.`, 'Shorten it.');
  }
  const sandbox = await Sandbox.open(options.limits?.memoryMb ?? DEFAULT_MEMORY_MB);
  const timeMs = options.limits?.timeMs ?? DEFAULT_TIME_MS;
  const limit = new TimeLimit(sandbox.connection, timeMs, options.signal);
  const { prefix, body, offset } = splitExplain(text);
  const tables = lake.tables.map(formatTableId);
  const parsing: SqlErrorContext = { text, offset, prefix: '', tables };
  const running: SqlErrorContext = { ...parsing, prefix };
  let context = parsing;
  try {
    const named = inspectQuery(await sandbox.parse(body));
    await sandbox.addLayers(lake.layers);
    const versions = readVersions(options.versions, tables);
    for (const id of lake.tables) {
      const name = formatTableId(id);
      if (!named.listsTables && !named.tables.has(name)) continue;
      const snapshot = await lake.snapshot(id, versions.get(name), sandbox.connection);
      const files = snapshotFiles(snapshot);
      await assertFilesExist(snapshot, files, versions.has(name));
      const relation = tableRelation(snapshot.fields, files);
      try {
        await sandbox.addTable(id, relation, files);
      } catch (error) {
        throw damagedData(name, error);
      }
    }
    await sandbox.lock();
    context = running;
    const prepared = await limit.run(() => sandbox.prepare(`${prefix}${body}`));
    const result = await limit.run(() => prepared.stream());
    const convert = await jsonConverter();
    return {
      columns: result
        .deduplicatedColumnNames()
        .map((name, index) => ({ name, type: result.columnType(index).toString() })),
      async *chunks() {
        try {
          for (;;) {
            const chunk = await limit.run(() => result.fetchChunk());
            if (chunk === null || chunk.rowCount === 0) return;
            yield chunk.convertRows(convert);
          }
        } catch (error) {
          throw explainSqlError(error, running);
        } finally {
          sandbox.close();
        }
      },
      close: () => sandbox.close(),
    };
  } catch (error) {
    sandbox.close();
    throw explainSqlError(error, context);
  }
}

function readVersions(
  versions: ReadonlyMap<string, number> | undefined,
  tables: readonly string[],
): ReadonlyMap<string, number> {
  for (const name of versions?.keys() ?? []) {
    parseTableId(name);
    if (tables.includes(name)) continue;
    throw new ChartliftError(
      'table_not_found',
      `There is no table ${name} in the lake.`,
      nameTables(tables),
    );
  }
  return versions ?? new Map();
}

function damagedData(name: string, cause: unknown): ChartliftError {
  const reason = parseEngineError(cause)?.exception_message ?? String(cause);
  return new ChartliftError(
    'table_damaged',
    `The data of ${name} cannot be read: ${reason.split('\n')[0]}.`,
    'Restore its files from a copy, or sync the table again.',
    { cause },
  );
}

async function assertFilesExist(
  snapshot: Snapshot,
  files: readonly string[],
  asked: boolean,
): Promise<void> {
  for (const file of files) {
    const there = await access(file).then(
      () => true,
      () => false,
    );
    if (there) continue;
    const name = formatTableId(snapshot.id);
    if (asked) {
      throw new ChartliftError(
        'version_not_found',
        `The data of version ${snapshot.version} of ${name} is gone.`,
        'A vacuum removed it; chartlift history shows which versions can still be read.',
      );
    }
    throw new ChartliftError(
      'table_damaged',
      `The data file ${file} of ${name} is missing.`,
      'Restore it from a copy, or sync the table again.',
    );
  }
}
