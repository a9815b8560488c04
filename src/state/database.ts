import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { type Clock, systemClock } from '../clock.ts';
import { ChartliftError } from '../errors.ts';
import { fileErrorCode } from './durable-file.ts';
import { MIGRATIONS } from './migrations/all-migrations.ts';
import { migrate } from './migrations/migrate.ts';
import type { Dialect, Migration } from './migrations/migration.ts';
import { openSqliteFile, sqliteDialect } from './sqlite-dialect.ts';
import type { Tables } from './tables.ts';

/** Name of the SQLite file in the data folder. */
export const DATABASE_FILE = 'chartlift.db';

/** The control database, with its tables as this version knows them. */
export interface Database {
  readonly db: Kysely<Tables>;
  readonly dialect: Dialect;
  /** Waits for what is being asked; afterwards nothing can be asked any more. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** The data folder; it is made if there is none. */
  readonly home: string;
  /** PostgreSQL, as `postgres://user:password@host:port/database`; absent: SQLite in the data folder. */
  readonly url?: string | undefined;
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
  /** Default: those of this version. */
  readonly migrations?: readonly Migration[] | undefined;
}

/**
 * Opens the control database and brings its tables to this version. Several processes may do so at once.
 *
 * @throws ChartliftError `database_unusable`
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { home, url, clock = systemClock, migrations = MIGRATIONS } = options;
  await makeHome(home);
  const dialect = url === undefined ? 'sqlite' : 'postgres';
  const place = url === undefined ? join(home, DATABASE_FILE) : placeOf(url);
  try {
    const db = await connect(home, url);
    try {
      await migrate(db, dialect, migrations, clock.now());
    } catch (error) {
      await db.destroy();
      throw error;
    }
    return { db, dialect, close: () => db.destroy() };
  } catch (error) {
    throw unusable(error, dialect, place);
  }
}

/**
 * Makes the data folder, readable by its owner alone, unless there is one.
 * @throws ChartliftError `database_unusable`
 */
export async function makeHome(home: string): Promise<void> {
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new ChartliftError(
      'database_unusable',
      `The data folder ${home} cannot be made (${fileErrorCode(error) ?? String(error)}).`,
      'Give another folder as CHARTLIFT_HOME, or the right to write there.',
      { cause: error },
    );
  }
}

async function connect(home: string, url: string | undefined): Promise<Kysely<Tables>> {
  if (url !== undefined) {
    const { postgresDialect } = await import('./postgres-dialect.ts');
    return new Kysely<Tables>({ dialect: await postgresDialect(url) });
  }
  const path = join(home, DATABASE_FILE);
  const file = await openSqliteFile(path);
  // Files beside it, such as the log of WAL, take its mode.
  await chmod(path, 0o600);
  return new Kysely<Tables>({ dialect: sqliteDialect(file) });
}

function unusable(thrown: unknown, dialect: Dialect, place: string): ChartliftError {
  if (thrown instanceof ChartliftError) return thrown;
  const reason = thrown instanceof Error ? thrown.message || String(fileErrorCode(thrown)) : thrown;
  return new ChartliftError(
    'database_unusable',
    `The database ${place} cannot be used: ${reason}.`,
    dialect === 'sqlite'
      ? 'Check that the folder can be written and the disk has room; else restore a backup.'
      : 'Check DATABASE_URL, that the server runs, and that the user may make tables there.',
    { cause: thrown },
  );
}

/** Where a database is, without user and password. */
function placeOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? 'of DATABASE_URL' : `${parsed.host}${parsed.pathname}`;
}
