import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';

/** How long a statement waits for another process that writes, in ms. */
const BUSY_MS = 10_000;

/** How much of it SQLite may wait by itself, which holds up the whole process, in ms. */
const HOLD_UP_MS = 5;

/** How long to leave the process to its other work before the next try, in ms. */
const RETRY_MS = 10;

/**
 * Memory for pages of the file, in KiB; only those that were read take some. With SQLite's own 2 MB, lists
 * of 1,000 sources with 20 runs each read most of their pages from the system again, for twice the time.
 */
const CACHE_KIB = 32 * 1024;

/**
 * Pages of the log of WAL that go into the file at once, from within the transaction that filled the log. SQLite's
 * own 1,000 hold up the whole process for 31 ms where a disk is slow, these for 18, for a twentieth more work.
 */
const CHECKPOINT_PAGES = 250;

/** Prepared statements that are kept; beyond it, those that were used least recently go. */
const CACHED_STATEMENTS = 300;

/**
 * Opens a SQLite file so that what was committed outlives a power loss.
 * WAL lets other processes, such as a backup, read while this one writes (sqlite.org/wal.html).
 */
export async function openSqliteFile(path: string): Promise<DatabaseSync> {
  const database = new DatabaseSync(path, {
    timeout: HOLD_UP_MS,
    enableForeignKeyConstraints: true,
  });
  try {
    await switchToWal(database);
    database.exec('PRAGMA synchronous = FULL');
    database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The change to WAL needs the file alone for a moment, and does not wait for it by itself. */
async function switchToWal(database: DatabaseSync): Promise<void> {
  const until = Date.now() + BUSY_MS;
  for (;;) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > until) throw error;
      await delay(RETRY_MS);
    }
  }
}

/** Whether another connection has locked the file (SQLITE_BUSY and its extended codes). */
export function isBusy(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || !('errcode' in thrown)) return false;
  return typeof thrown.errcode === 'number' && (thrown.errcode & 0xff) === 5;
}

/** Kysely over `node:sqlite`. There is one connection; Kysely lets one transaction after the other use it. */
export function sqliteDialect(database: DatabaseSync): Dialect {
  const config = { database: new CachingDatabase(database) };
  const dialect = new SqliteDialect(config);
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new ImmediateDriver(config),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

/**
 * Transactions take the right to write as they begin. One that reads first and writes then could find that
 * another process has written in between, which no waiting mends (sqlite.org/lang_transaction.html).
 */
class ImmediateDriver extends SqliteDriver {
  #connection: PatientConnection | undefined;

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#connection ??= new PatientConnection(await super.acquireConnection());
    return this.#connection;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/**
 * Waits while another connection writes. A statement that finds the file locked has done nothing yet, and may
 * be repeated; inside of a transaction it finds that no more.
 */
class PatientConnection implements DatabaseConnection {
  readonly #connection: DatabaseConnection;

  constructor(connection: DatabaseConnection) {
    this.#connection = connection;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const until = Date.now() + BUSY_MS;
    for (;;) {
      try {
        return await this.#connection.executeQuery<Row>(query);
      } catch (error) {
        if (!isBusy(error) || Date.now() > until) throw error;
        await delay(RETRY_MS);
      }
    }
  }

  streamQuery<Row>(
    query: CompiledQuery,
    chunkSize: number,
  ): AsyncIterableIterator<QueryResult<Row>> {
    return this.#connection.streamQuery<Row>(query, chunkSize);
  }
}

class CachingDatabase implements SqliteDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, NodeStatement>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  prepare(sql: string): NodeStatement {
    const known = this.#statements.get(sql);
    // A map keeps the order of insertion: what is used goes to the end.
    if (known !== undefined) this.#statements.delete(sql);
    const statement = known ?? new NodeStatement(this.#database.prepare(sql));
    this.#statements.set(sql, statement);
    if (this.#statements.size > CACHED_STATEMENTS) {
      const [oldest] = this.#statements.keys();
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    return statement;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}

class NodeStatement implements SqliteStatement {
  readonly reader: boolean;
  readonly #statement: StatementSync;

  constructor(statement: StatementSync) {
    this.#statement = statement;
    this.reader = statement.columns().length > 0;
  }

  all(parameters: readonly unknown[]): unknown[] {
    return this.#statement.all(...parameters.map(toValue));
  }

  run(parameters: readonly unknown[]) {
    return this.#statement.run(...parameters.map(toValue));
  }

  iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
    return this.#statement.iterate(...parameters.map(toValue));
  }
}

function toValue(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint' || value instanceof Uint8Array) return value;
  throw new TypeError(`SQLite has no value for a ${typeof value}.`);
}
