import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, inject, onTestFinished } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { type Database, openDatabase } from '../../src/state/database.ts';
import type { Dialect } from '../../src/state/migrations/migration.ts';

/** Where a test keeps its state: a directory, and for PostgreSQL a schema, that nobody else uses. */
export interface PrivatePlace {
  readonly home: string;
  readonly url: string | undefined;
}

/** What the tests of a database are given. */
export interface TestDatabases {
  readonly dialect: Dialect;
  /** A new place; its directory is removed at the end of the test unless that failed. */
  place(): Promise<PrivatePlace>;
  /** Opens the database of a place, by default of a new one; closed at the end of the test. */
  open(options?: { readonly clock?: Clock; readonly place?: PrivatePlace }): Promise<Database>;
}

/** Describes the same tests for SQLite and for PostgreSQL: `eachDatabase('RunStore', ({ open }) => …)`. */
export function eachDatabase(name: string, tests: (databases: TestDatabases) => void): void {
  describe.each(['sqlite', 'postgres'] as const)(`${name} on %s`, (dialect) => {
    const place = () => privatePlace(dialect);
    tests({
      dialect,
      place,
      async open({ clock, place: given } = {}) {
        const database = await openDatabase({ ...(given ?? (await place())), clock });
        onTestFinished(() => database.close());
        return database;
      },
    });
  });
}

async function privatePlace(dialect: Dialect): Promise<PrivatePlace> {
  const directory = await mkdtemp(join(tmpdir(), 'chartlift-state-'));
  onTestFinished(async ({ task }) => {
    if (task.result?.state !== 'fail') await rm(directory, { recursive: true, force: true });
  });
  const home = join(directory, 'home');
  return { home, url: dialect === 'postgres' ? await privateSchema() : undefined };
}

async function privateSchema(): Promise<string> {
  const server = inject('postgresUrl');
  const schema = `test_${randomBytes(8).toString('hex')}`;
  await createSchema(server, schema);
  return `${server}?options=${encodeURIComponent(`-c search_path=${schema}`)}`;
}

/** Nobody drops it: it goes with the server, which ends with the run. */
async function createSchema(url: string, schema: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`create schema ${schema}`);
  } finally {
    await client.end();
  }
}
