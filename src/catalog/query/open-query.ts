import { access } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ChartliftError } from '../../errors.ts';
import { logDirectory } from '../lake-directory.ts';
import { snapshotFiles } from '../log/data-file-path.ts';
import type { Snapshot } from '../log/snapshot.ts';
import { tableRelation } from '../log/table-relation.ts';
import { formatTableId, goneTable, parseTableId, type TableId } from '../table-id.ts';
import { createFactTable, type FactTable, fillFactTable, formatFactName } from './fact-table.ts';
import { Sandbox } from './sandbox.ts';
import { explainSqlError, parseEngineError, type SqlErrorContext } from './sql-error.ts';
import { inspectQuery, type NamedTables, refused, splitExplain } from './sql-statement.ts';
import { TimeLimit } from './time-limit.ts';

export interface SqlLimits {
  /** Time that the engine may work, in ms. Default 60,000. */
  readonly timeMs?: number;
  /** Memory that the engine may use, in MiB. Default 1,024. */
  readonly memoryMb?: number;
}

/** What a query may read, and for how long. */
export interface QueryOptions {
  /** Older versions to read, by `layer.table`; all other tables are read at their latest. */
  readonly versions?: ReadonlyMap<string, number>;
  readonly limits?: SqlLimits;
  /** Stops the query; it then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Tables beside those of the lake; each is read only if the query names it. */
  readonly facts?: readonly FactTable[];
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

/** A query that was judged, in a sandbox that holds what it names and is closed to all else. */
export interface OpenQuery {
  readonly sandbox: Sandbox;
  readonly limit: TimeLimit;
  /** As the person wrote it, `EXPLAIN` spelled in one way. */
  readonly statement: string;
  /** Whether the engine explains the query instead of running it. */
  readonly explains: boolean;
  /** DuckDB's JSON of the query without its `EXPLAIN`: just what was judged. */
  readonly serialized: string;
  /** An error of the engine for the person who wrote the query. */
  explain(error: unknown): unknown;
}

const DEFAULT_TIME_MS = 60_000;
const DEFAULT_MEMORY_MB = 1024;
/** Queries that people or programs write are far shorter; the parser's memory is bounded by this. */
const MAX_QUERY_LENGTH = 1_000_000;

/**
 * Judges a query and makes a sandbox for it (DESIGN §5). The caller closes the sandbox.
 *
 * @param output the one file that the sandbox may write; default none
 * @throws ChartliftError `sql_refused` for anything but a query, `sql_failed`, `sql_time_limit`,
 * `table_not_found` and `version_not_found` for `versions`, and what makes a table unreadable
 */
export async function openQuery(
  lake: SqlTables,
  text: string,
  options: QueryOptions,
  output?: string,
): Promise<OpenQuery> {
  if (text.length > MAX_QUERY_LENGTH) {
    throw refused(`The query is longer than ${MAX_QUERY_LENGTH} characters.`, 'Shorten it.');
  }
  const sandbox = await Sandbox.open(
    options.limits?.memoryMb ?? DEFAULT_MEMORY_MB,
    // A file is then written row group by row group; several threads would hold back each other's rows.
    output === undefined ? {} : { threads: '1' },
  );
  const timeMs = options.limits?.timeMs ?? DEFAULT_TIME_MS;
  const limit = new TimeLimit(sandbox.connection, timeMs, options.signal);
  const { prefix, body, offset } = splitExplain(text);
  const facts = options.facts ?? [];
  const tables = lake.tables.map(formatTableId);
  const named = [...tables, ...facts.map(formatFactName)];
  const context: SqlErrorContext = { text, offset, prefix: '', tables: named, columns: [] };
  try {
    const { serialized, tree } = await limit.run(() => sandbox.parse(body));
    const names = inspectQuery(tree);
    await sandbox.addLayers(lake.layers);
    const columns = await addTables(sandbox, lake, names, readVersions(options.versions, tables));
    await addFacts(sandbox, limit, names, facts);
    await sandbox.lock(output);
    return {
      sandbox,
      limit,
      statement: `${prefix}${body}`,
      explains: prefix !== '',
      serialized,
      explain: (error) => explainSqlError(error, { ...context, prefix, columns }),
    };
  } catch (error) {
    sandbox.close();
    throw explainSqlError(error, context);
  }
}

/** @returns the columns that they have, each once */
async function addTables(
  sandbox: Sandbox,
  lake: SqlTables,
  named: NamedTables,
  versions: ReadonlyMap<string, number>,
): Promise<readonly string[]> {
  const columns = new Set<string>();
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
    if (named.tables.has(name)) for (const { name: column } of snapshot.fields) columns.add(column);
  }
  return [...columns];
}

async function addFacts(
  sandbox: Sandbox,
  limit: TimeLimit,
  named: NamedTables,
  facts: readonly FactTable[],
): Promise<void> {
  for (const table of facts) {
    const isNamed = named.tables.has(formatFactName(table));
    if (!named.listsTables && !isNamed) continue;
    const { connection } = sandbox;
    await createFactTable(connection, table);
    if (isNamed) await limit.run(() => fillFactTable(connection, table, () => limit.check()));
  }
}

function readVersions(
  versions: ReadonlyMap<string, number> | undefined,
  tables: readonly string[],
): ReadonlyMap<string, number> {
  for (const name of versions?.keys() ?? []) {
    parseTableId(name);
    if (!tables.includes(name)) throw goneTable(name, tables);
  }
  return versions ?? new Map();
}

/** The error for data files that the engine cannot read. */
export function damagedData(name: string, cause: unknown): ChartliftError {
  const reason = parseEngineError(cause)?.exception_message ?? String(cause);
  return new ChartliftError(
    'table_damaged',
    `The data of ${name} cannot be read: ${reason.split('\n')[0]}.`,
    'Restore its files from a copy, or sync the table again.',
    { cause },
  );
}

/**
 * Looks for the data files of a version before they are read.
 *
 * @param asked whether somebody asked for just this version
 * @throws ChartliftError `table_not_found` when the whole table is gone by now, `version_not_found`
 * for an asked version without its files, else `table_damaged`
 */
export async function assertFilesExist(
  snapshot: Snapshot,
  files: readonly string[],
  asked: boolean,
): Promise<void> {
  for (const file of files) {
    if (await exists(file)) continue;
    const name = formatTableId(snapshot.id);
    // Dropped, renamed or moved since its log was read.
    if (!(await exists(logDirectory(snapshot.directory)))) throw goneTable(name, []);
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

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
