import { chmod, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { ChartliftError } from '../errors.ts';
import { DATABASE_FILE } from './database.ts';
import { syncDirectory } from './durable-file.ts';
import { createKeyFile, type KeyFile, readKeyFile } from './secrets/key-file.ts';

/** All pages in one step: between two steps a write elsewhere would begin the copy anew (SQLite, "sqlite3_backup_step"). */
const ALL_PAGES = 2 ** 31 - 1;

/** How long to wait for a database that is locked, in ms. */
const BUSY_MS = 10_000;

/** Copies until no rotation has ended in one. */
const TRIES = 5;

export interface StateBackupOptions {
  readonly home: string;
  /**
   * The setting `DATABASE_URL`. With a PostgreSQL database only the key file is copied: PostgreSQL has
   * its own consistent backup (pg_dump), with versions and rights that are for its operator to choose.
   */
  readonly databaseUrl?: string | undefined;
  /** An empty directory. */
  readonly directory: string;
}

/** What of the state is in a backup. */
export interface StateBackup {
  readonly database: boolean;
  /** False when there is no key file yet, or none that holds a key. */
  readonly keys: boolean;
}

/**
 * Copies the control database and the key file as they are at one moment, while a service may write to
 * both. The copy opens with the keys that are copied, whatever rotation goes on meanwhile.
 *
 * A key in `CHARTLIFT_SECRET_KEY` is in no file, and so in no backup.
 *
 * @throws ChartliftError `database_unusable`, `secrets_unreadable`
 */
export async function backupState(options: StateBackupOptions): Promise<StateBackup> {
  const { home, databaseUrl, directory } = options;
  const database = databaseUrl === undefined;
  const copy = join(directory, DATABASE_FILE);
  for (let left = TRIES - 1; ; left -= 1) {
    const before = readKeyFile(home);
    if (database) await copyDatabase(join(home, DATABASE_FILE), copy);
    const after = readKeyFile(home);
    if (left > 0 && isRotated(before, after)) {
      await rm(copy, { force: true });
      continue;
    }
    const file = after ?? before;
    if (file === null) return { database, keys: false };
    const merged = withKeysOf(file, before);
    await createKeyFile(directory, merged);
    return { database, keys: merged.keys.length > 0 };
  }
}

/**
 * Whether a whole rotation, or more than one, may have gone by: then nobody knows that the two hold all
 * keys that there were between them.
 */
function isRotated(before: KeyFile | null, after: KeyFile | null): boolean {
  const newest = before?.keys[0];
  return newest !== undefined && !after?.keys.some(({ id }) => id === newest.id);
}

/** A rotation may end while the database is copied: then the copy needs keys of before. */
function withKeysOf(file: KeyFile, before: KeyFile | null): KeyFile {
  const known = new Set(file.keys.map(({ id }) => id));
  const dropped = (before?.keys ?? []).filter(({ id }) => !known.has(id));
  return { ...file, keys: [...file.keys, ...dropped] };
}

async function copyDatabase(from: string, to: string): Promise<void> {
  if ((await stat(from).catch(() => null)) === null) {
    throw new ChartliftError(
      'database_unusable',
      `There is no database at ${from}.`,
      'Check CHARTLIFT_HOME; a first start of the service makes the database.',
    );
  }
  try {
    // Not read-only: such a connection leaves files of the write-ahead log behind where it is the last.
    const source = new DatabaseSync(from, { timeout: BUSY_MS });
    try {
      await backup(source, to, { rate: ALL_PAGES });
    } finally {
      source.close();
    }
    assertSound(to);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ChartliftError(
      'database_unusable',
      `The database ${from} could not be copied: ${reason}.`,
      'Check that there is room for the copy, and that the database can be opened.',
      { cause: error },
    );
  }
  await chmod(to, 0o600);
  const handle = await open(to, 'r+');
  await handle.sync().finally(() => handle.close());
  await syncDirectory(join(to, '..'));
}

function assertSound(path: string): void {
  const copy = new DatabaseSync(path);
  try {
    const result = copy.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (result !== 'ok') throw new Error(`it is damaged (${String(result)})`);
  } finally {
    copy.close();
  }
}
