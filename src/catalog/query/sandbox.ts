import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { z } from 'zod';
import { type Duckdb, identifier, literalList, startDuckdb } from '../duckdb.ts';
import type { TableId } from '../table-id.ts';
import { READ_ONLY_HINT, refused } from './sql-statement.ts';

const serializedSchema = z.union([
  z.object({ error: z.literal(false), statements: z.array(z.unknown()) }),
  z.object({
    error: z.literal(true),
    error_type: z.string(),
    error_message: z.string(),
    position: z.string().optional(),
  }),
]);

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

  /** @param memoryMb what the query may use, in MiB; nothing goes to disk */
  static async open(memoryMb: number): Promise<Sandbox> {
    const settings = {
      memory_limit: `${memoryMb}MiB`,
      temp_directory: '',
      errors_as_json: 'true',
    };
    return new Sandbox(await startDuckdb(settings));
  }

  get connection(): DuckDBConnection {
    return this.#duckdb.connection;
  }

  /**
   * The syntax tree of a query. Parses and does nothing else.
   * @throws ChartliftError `sql_refused` for what is not exactly one query; Error of DuckDB for bad syntax
   */
  async parse(query: string): Promise<unknown> {
    const result = await this.connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [
      query,
    ]);
    const serialized = serializedSchema.parse(JSON.parse(String(result.getRowsJson()[0]?.[0])));
    if (serialized.error) {
      if (serialized.error_type === 'parser') throw syntaxError(serialized);
      throw refused(
        'Only queries can be run.',
        `${READ_ONLY_HINT} A PIVOT must list its values with IN.`,
      );
    }
    if (serialized.statements.length === 1) return serialized.statements[0];
    const count = serialized.statements.length;
    throw refused(
      count === 0 ? 'There is no query.' : `There are ${count} statements.`,
      'Give exactly one query.',
    );
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

  /** Closes the instance to everything but the data files of its tables, for good. */
  async lock(): Promise<void> {
    await this.connection.run(
      `SET allowed_paths = ${literalList([...this.#files])}; SET enable_external_access = false;
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

  /** May be called again. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#duckdb.close();
  }
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
