import { randomBytes } from 'node:crypto';
import { mkdir, readdir, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { copyLake } from '../catalog/copy/copy-lake.ts';
import type { CopiedTable } from '../catalog/copy/copy-table.ts';
import { syncDirectory } from '../catalog/durable-files.ts';
import { systemErrorCode } from '../catalog/lake-error.ts';
import { formatTableId } from '../catalog/table-id.ts';
import { type Clock, systemClock } from '../clock.ts';
import { ChartliftError } from '../errors.ts';
import { backupState, type StateBackup } from '../state/backup.ts';
import { VERSION } from '../version.ts';

/** Describes a backup to whoever finds it. */
const MANIFEST = 'backup.json';

/** How far a backup is. */
export type BackupProgress =
  | { readonly part: 'database' }
  | {
      readonly part: 'lake';
      /** The table that is done. */
      readonly table: string;
      readonly bytes: number;
      readonly done: number;
      /** As far as is known. */
      readonly tables: number;
    };

export interface BackupOptions {
  readonly home: string;
  /** Directory of the lake; it is part of the backup when it lies in the home. */
  readonly lake: string;
  /** The setting `DATABASE_URL`. */
  readonly databaseUrl?: string | undefined;
  /** Where the backup is to be: not there yet, or an empty directory. */
  readonly directory: string;
  readonly clock?: Clock;
  readonly onProgress?: (progress: BackupProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What is in a backup. */
export interface Backup {
  readonly directory: string;
  readonly madeAt: string;
  /** False with PostgreSQL, which makes its own backups. */
  readonly database: boolean;
  /** Path of the lake in the backup; null when it does not lie in the home, or is not there yet. */
  readonly lake: string | null;
  /** Bytes of the lake's tables. */
  readonly bytes: number;
  readonly tables: readonly CopiedTable[];
  /** What the person must see to, in sentences. */
  readonly remarks: readonly string[];
}

/**
 * Makes a copy of a home with which another one can start: control database, keys and lake. A service
 * may be at work in the home meanwhile. The database is copied first, so that the lake holds at least
 * what the database tells of it.
 *
 * The copy is made beside its place and put there in one step when it is whole. A backup that fails
 * leaves nothing; one that is killed leaves a directory `<name>.<letters>.unfinished`, to be deleted.
 *
 * Whoever has the backup has the keys of its secrets: it is readable by its owner alone.
 *
 * @throws ChartliftError `config_invalid` for a place that cannot be used, `database_unusable`,
 * `secrets_unreadable`, `lake_full` when there is no room, `commit_conflict` when tables are renamed all the
 * time
 */
export async function backupHome(options: BackupOptions): Promise<Backup> {
  const directory = resolve(options.directory);
  await assertFree(directory);
  await assertOutside(directory, options.lake);
  const unfinished = join(
    dirname(directory),
    `${basename(directory)}.${randomBytes(4).toString('hex')}.unfinished`,
  );
  try {
    await mkdir(dirname(directory), { recursive: true });
    await mkdir(unfinished, { mode: 0o700 });
    const made = await fill(unfinished, { ...options, directory });
    options.signal?.throwIfAborted();
    await putInPlace(unfinished, directory);
    return made;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw explain(error, directory);
  }
}

async function fill(target: string, options: BackupOptions): Promise<Backup> {
  const { home, databaseUrl, directory, clock = systemClock, onProgress, signal } = options;
  const madeAt = new Date(clock.now()).toISOString();
  onProgress?.({ part: 'database' });
  const state = await backupState({ home, databaseUrl, directory: target });
  const lake = await placeInHome(home, options.lake);
  const tables =
    lake === null
      ? []
      : await copyLake(options.lake, join(target, lake), {
          onTable: ({ bytes, ...id }, done, known) =>
            onProgress?.({ part: 'lake', table: formatTableId(id), bytes, done, tables: known }),
          signal,
        });
  const manifest = {
    made_at: madeAt,
    chartlift: VERSION,
    database: state.database,
    lake,
    tables: tables.map((table) => ({ table: formatTableId(table), version: table.version })),
  };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await writeFile(join(target, MANIFEST), text, { flush: true });
  await syncDirectory(target);
  return {
    directory,
    madeAt,
    database: state.database,
    lake,
    bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0),
    tables,
    remarks: [
      ...remarksOnState(state),
      ...(lake === null ? [await remarkOnLake(options.lake)] : []),
      ...tables.flatMap(remarkOnTable),
    ],
  };
}

function remarksOnState(state: StateBackup): string[] {
  const remarks: string[] = [];
  if (!state.database) {
    remarks.push(
      'The database is PostgreSQL and not in this backup. Copy it with: pg_dump "$DATABASE_URL", each time before chartlift backup.',
    );
  }
  if (!state.keys) {
    remarks.push('The key of the secrets is not in this backup: keep CHARTLIFT_SECRET_KEY safe.');
  }
  return remarks;
}

async function remarkOnLake(lake: string): Promise<string> {
  const found = await stat(lake).catch(() => null);
  if (found === null) return `There is no lake at ${lake}, and none in this backup.`;
  return `The lake ${lake} is not in the home and not in this backup.`;
}

function remarkOnTable(table: CopiedTable): string[] {
  if (table.problem === null) return [];
  const name = formatTableId(table);
  return [`${name} was copied as its files are, without a check: ${table.problem.message}`];
}

/** The path of a lake below its home; null when it lies elsewhere or is not there. */
async function placeInHome(home: string, lake: string): Promise<string | null> {
  const [homePath, lakePath] = await Promise.all([
    realpath(home),
    realpath(lake).catch(() => null),
  ]);
  if (!homePath || !lakePath || !isInside(lakePath, homePath)) return null;
  return relative(homePath, lakePath);
}

function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function assertFree(directory: string): Promise<void> {
  const found = await stat(directory).catch(() => null);
  if (found === null) return;
  if (found.isDirectory() && (await readdir(directory)).length === 0) return;
  throw taken(directory);
}

function taken(directory: string): ChartliftError {
  return new ChartliftError(
    'config_invalid',
    `There is something at ${directory} already.`,
    'Name a directory for the backup that is not there yet, or is empty.',
  );
}

async function assertOutside(directory: string, lake: string): Promise<void> {
  const lakePath = resolve(lake);
  if (directory !== lakePath && !isInside(directory, lakePath)) return;
  throw new ChartliftError(
    'config_invalid',
    `${directory} lies in the lake that is to be copied.`,
    'Choose a place outside the lake, best on another disk.',
  );
}

async function putInPlace(unfinished: string, directory: string): Promise<void> {
  try {
    // An empty directory is in the way of a rename on Windows.
    await rmdir(directory).catch((error: unknown) => {
      if (systemErrorCode(error) !== 'ENOENT') throw error;
    });
    await rename(unfinished, directory);
  } catch (error) {
    const code = systemErrorCode(error) ?? '';
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EPERM'].includes(code)) throw taken(directory);
    throw error;
  }
  await syncDirectory(dirname(directory));
}

function explain(error: unknown, directory: string): unknown {
  const code = systemErrorCode(error) ?? '';
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) {
    return new ChartliftError(
      'lake_full',
      `There is no room left to write in ${directory}.`,
      'Free space there, or choose another place for the backup.',
      { cause: error },
    );
  }
  if (['EACCES', 'EROFS', 'EPERM', 'ENOTDIR'].includes(code)) {
    return new ChartliftError(
      'config_invalid',
      `A backup cannot be written to ${directory}, or something of the home cannot be read: ${code}.`,
      'Check owner and permissions of both.',
      { cause: error },
    );
  }
  return error;
}
