import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { z } from 'zod';
import { ChartliftError } from '../../errors.ts';
import { type Duckdb, identifier, literalList, startDuckdb } from '../duckdb.ts';
import type { TableId } from '../table-id.ts';
import { parseEngineError } from './sql-error.ts';
import { inspectQuery, READ_ONLY_HINT, refused } from './sql-statement.ts';

const serializedSchema = z.union([
  z.object({ error: z.literal(false), statements: z.array(z.unknown()) }),
  z.object({
    error: z.literal(true),
    error_type: z.string(),
    error_message: z.string(),
    position: z.string().optional(),
  }),
]);

/** Each holds memory and threads of its own, also while its reader dawdles. */
const MOST_OPEN = 32;

/**
 * Further ones have a single thread each. Several hold back the rows of all but the first until it is their
 * turn: of a table of wide rows some 100 MB, for as long as nobody reads.
 */
const WITH_THREADS = 4;

let open = 0;

/** A query as DuckDB understands it. */
export interface ParsedQuery {
  /** DuckDB's JSON of it, as `json_deserialize_sql` takes it. */
  readonly serialized: string;
  /** The syntax tree in that JSON. */
  readonly tree: unknown;
}

/**
 * A DuckDB for one query of a person. While it is open it may read the lake; once {@link lock}ed it
 * reads the data files it was given and nothing else, writes nothing, and cannot be opened again
 * (DuckDB documentation, "Securing DuckDB").
 */
export class Sandbox {
  readonly #duckdb: Duckdb;
  readonly #files = new Set<string>();
  #closed = false;

  private constructor(duckdb: Duckdb) {
    this.#duckdb = duckdb;
  }

  /**
   * @param memoryMb what the query may use, in MiB; nothing goes to disk
   * @param settings more settings of the engine
   * @throws ChartliftError `too_many_requests`
   */
  static async open(
    memoryMb: number,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<Sandbox> {
    if (open >= MOST_OPEN) throw tooMany();
    open += 1;
    const all = {
      ...(open > WITH_THREADS ? { threads: '1' } : {}),
      ...settings,
      memory_limit: `${memoryMb}MiB`,
      temp_directory: '',
      errors_as_json: 'true',
      // Deeper expressions, which nobody writes, take the binder many seconds that cannot be interrupted.
      max_expression_depth: '250',
    };
    try {
      return new Sandbox(await startDuckdb(all));
    } catch (error) {
      open -= 1;
      throw error;
    }
  }

  get connection(): DuckDBConnection {
    return this.#duckdb.connection;
  }

  /**
   * The syntax tree of a query. Parses and does nothing else.
   * @throws ChartliftError `sql_refused` for what is not exactly one query; Error of DuckDB for bad syntax
   */
  async parse(query: string): Promise<ParsedQuery> {
    const result = await this.connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [
      query,
    ]);
    const json = String(result.getRowsJson()[0]?.[0]);
    const serialized = serializedSchema.parse(JSON.parse(json));
    if (serialized.error) {
      if (serialized.error_type === 'parser') throw syntaxError(serialized);
      throw refused(
        'Only queries can be run.',
        `${READ_ONLY_HINT} A PIVOT must list its values with IN.`,
      );
    }
    if (serialized.statements.length === 1)
      return { serialized: json, tree: serialized.statements[0] };
    const count = serialized.statements.length;
    throw refused(
      count === 0 ? 'There is no query.' : `There are ${count} statements.`,
      'Give exactly one query.',
    );
  }

  /**
   * The text of a query as DuckDB writes it from the tree that was judged: without the comments and
   * semicolons that the person's text may hold, so that it may stand inside another statement.
   * @throws ChartliftError `sql_refused` when that text is not one query that may be run
   */
  async canonical(serialized: string): Promise<string> {
    const result = await this.connection.runAndReadAll(
      'SELECT json_deserialize_sql($1::VARCHAR::JSON)',
      [serialized],
    );
    const text = String(result.getRowsJson()[0]?.[0]);
    inspectQuery((await this.parse(text)).tree);
    return text;
  }

  /** Makes a schema for each layer, so that a query may name it. */
  async addLayers(layers: readonly string[]): Promise<void> {
    if (layers.length === 0) return;
    const statements = layers.map((layer) => `CREATE SCHEMA IF NOT EXISTS ${identifier(layer)}`);
    await this.connection.run(statements.join('; '));
  }

  /**
   * Makes a table known to the query.
   * @param relation the SELECT that reads it, see `tableRelation`
   * @param files the data files that it reads
   */
  async addTable(id: TableId, relation: string, files: readonly string[]): Promise<void> {
    const name = `${identifier(id.layer)}.${identifier(id.table)}`;
    await this.connection.run(`CREATE VIEW ${name} AS ${relation}`);
    for (const file of files) this.#files.add(file);
  }

  /**
   * Closes the instance to everything but the data files of its tables, for good.
   * @param output one more file, to be written by a statement of chartlift's own
   */
  async lock(output?: string): Promise<void> {
    const files = [...this.#files, ...(output === undefined ? [] : [output])];
    await this.connection.run(
      `SET allowed_paths = ${literalList(files)}; SET enable_external_access = false;
       SET TimeZone = 'UTC'; SET lock_configuration = true`,
    );
  }

  /**
   * Prepares the query itself, in the locked instance.
   * @throws ChartliftError `sql_refused` when DuckDB does not classify it as a query; Error of DuckDB
   */
  async prepare(statement: string): Promise<DuckDBPreparedStatement> {
    const { StatementType } = await import('@duckdb/node-api');
    const extracted = await this.connection.extractStatements(statement);
    const prepared = await extracted.prepare(0);
    const isQuery =
      prepared.statementType === StatementType.SELECT ||
      prepared.statementType === StatementType.EXPLAIN;
    if (extracted.count !== 1 || !isQuery)
      throw refused('Only queries can be run.', READ_ONLY_HINT);
    if (prepared.parameterCount > 0) {
      throw refused('The query has parameters.', 'Write the values into the query.');
    }
    return prepared;
  }

  /**
   * Begins what {@link isWell} asks about. A result that is streamed ends in the same way whether it is
   * whole, or has failed or was interrupted in its midst: the binding does not tell. But a failure ends
   * the transaction around it.
   */
  async begin(): Promise<void> {
    await this.connection.run('BEGIN TRANSACTION READ ONLY');
  }

  /** Whether nothing has failed since {@link begin}. */
  async isWell(): Promise<boolean> {
    try {
      await this.connection.run('SELECT 1');
      return true;
    } catch (error) {
      if (parseEngineError(error)?.exception_type === 'TransactionContext') return false;
      throw error;
    }
  }

  /** May be called again. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    open -= 1;
    this.#duckdb.close();
  }
}

function tooMany(): ChartliftError {
  return new ChartliftError(
    'too_many_requests',
    `${MOST_OPEN} queries and exports are being answered already.`,
    'Wait until some have ended, and read the answers of your own to their end.',
  );
}

/** The error in the form that all other errors of DuckDB have here. */
function syntaxError(error: { error_message: string; position?: string | undefined }): Error {
  const { error_message, position } = error;
  return new Error(
    JSON.stringify({
      exception_type: 'Parser',
      exception_message: error_message,
      ...(position === undefined ? {} : { position }),
    }),
  );
}
