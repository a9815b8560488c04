import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ChartliftError } from '../errors.ts';
import { makeHome } from './database.ts';
import { isBusy } from './sqlite-dialect.ts';

/** Name of the file in the data folder that the running service has locked. */
export const LOCK_FILE = 'lock.db';

/** The sign that this process is the one service of its data folder and database. */
export interface Instance {
  /** Lets another one start. */
  release(): Promise<void>;
}

export interface InstanceOptions {
  readonly home: string;
  /** PostgreSQL, if the state is kept there: then it has one service only as well. */
  readonly url?: string | undefined;
  /** Called when the connection that held the lock in PostgreSQL is gone: another service may start now. */
  readonly onLost?: ((error: Error) => void) | undefined;
}

/** Held until they are released: a lock must not end because its handle was collected as garbage. */
const held = new Set<Instance>();

/**
 * Makes this process the one service of a data folder. The operating system and PostgreSQL end the hold with
 * the process, however it ends.
 *
 * @throws ChartliftError `home_in_use`, `database_unusable`
 */
export async function holdInstance(options: InstanceOptions): Promise<Instance> {
  const { home, url } = options;
  await makeHome(home);
  const folder = await holdHome(home);
  let database: Instance | null = null;
  try {
    if (url !== undefined) database = await holdPostgres(url, options.onLost);
  } catch (error) {
    await folder.release();
    throw error;
  }
  const instance: Instance = {
    async release() {
      if (!held.delete(instance)) return;
      await database?.release();
      await folder.release();
    },
  };
  held.add(instance);
  return instance;
}

/** SQLite locks files the same way on every system, and the lock goes with the process (sqlite.org/lockingv3.html). */
async function holdHome(home: string): Promise<Instance> {
  const path = join(home, LOCK_FILE);
  try {
    const file = new DatabaseSync(path, { timeout: 0 });
    try {
      file.exec('BEGIN EXCLUSIVE');
      await chmod(path, 0o600);
    } catch (error) {
      file.close();
      throw error;
    }
    return { release: async () => file.close() };
  } catch (error) {
    if (isBusy(error)) throw inUse(`The data folder ${home}`, error);
    const reason = error instanceof Error ? error.message : String(error);
    throw new ChartliftError(
      'database_unusable',
      `The file ${path} cannot be locked: ${reason}.`,
      'Check that the data folder can be written, and that its file system has locks.',
      { cause: error },
    );
  }
}

async function holdPostgres(url: string, onLost: InstanceOptions['onLost']): Promise<Instance> {
  const [{ default: pg }, { postgresSettings }] = await Promise.all([
    import('pg'),
    import('./postgres-dialect.ts'),
  ]);
  const client = new pg.Client(await postgresSettings(url));
  let isReleased = false;
  client.on('error', (error) => {
    if (!isReleased) onLost?.(error);
  });
  const release = async () => {
    isReleased = true;
    await client.end();
  };
  try {
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>(
      `select pg_try_advisory_lock(hashtext('chartlift service'), hashtext(current_schema())) as taken`,
    );
    if (rows[0]?.taken !== true) throw inUse('The database of DATABASE_URL', undefined);
    return { release };
  } catch (error) {
    await release().catch(() => undefined);
    if (error instanceof ChartliftError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ChartliftError(
      'database_unusable',
      `The database of DATABASE_URL cannot be used: ${reason}.`,
      'Check DATABASE_URL and that the server runs.',
      { cause: error },
    );
  }
}

function inUse(what: string, cause: unknown): ChartliftError {
  return new ChartliftError(
    'home_in_use',
    `${what} is in use by another chartlift service.`,
    'Stop that service first, or give this one another data folder (CHARTLIFT_HOME) and database.',
    { cause },
  );
}
