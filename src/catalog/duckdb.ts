import type { DuckDBConnection } from '@duckdb/node-api';

/** Settings of a DuckDB instance by name. */
export type DuckdbSettings = Readonly<Record<string, string>>;

/** An in-memory DuckDB with one connection; more connections share its memory and settings. */
export interface Duckdb {
  readonly connection: DuckDBConnection;
  connect(): Promise<DuckDBConnection>;
  close(): void;
}

/**
 * Never fetch code at run time, and only take what is built in. Keep no copies of files that were read: the
 * system does that already, and every version of a table has files of its own, which nobody reads for long.
 */
const SETTINGS: DuckdbSettings = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  enable_external_file_cache: 'false',
};

/**
 * Starts DuckDB. The library is loaded here and not before, since that takes longer
 * (about 100 ms) than what most commands do.
 */
export async function startDuckdb(settings: DuckdbSettings): Promise<Duckdb> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { ...SETTINGS, ...settings });
  const connection = await instance.connect();
  return {
    connection,
    connect: () => instance.connect(),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** A DuckDB that starts when it is needed, if ever. */
export interface LazyDuckdb {
  connection(): Promise<DuckDBConnection>;
  /** One more connection. */
  connect(): Promise<DuckDBConnection>;
  /** Ends it if it was started. */
  close(): Promise<void>;
}

/** For work that seldom needs DuckDB, such as reading a log that may have a checkpoint. */
export function lazyDuckdb(settings: DuckdbSettings): LazyDuckdb {
  let started: Promise<Duckdb> | null = null;
  const start = () => {
    started ??= startDuckdb(settings);
    return started;
  };
  return {
    connection: async () => (await start()).connection,
    connect: async () => (await start()).connect(),
    async close() {
      (await started)?.close();
    },
  };
}

/** A text as a literal of SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an identifier of SQL. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Texts as a list literal of SQL. */
export function literalList(texts: readonly string[]): string {
  return `[${texts.map(literal).join(', ')}]`;
}
