import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import { openLakeWriter } from '../../src/catalog/lake-writer.ts';
import { systemClock } from '../../src/clock.ts';
import { type BackupProgress, backupHome } from '../../src/service/backup.ts';
import { openDatabase } from '../../src/state/database.ts';
import { openKeyring } from '../../src/state/secrets/keyring.ts';
import { ValidationStore } from '../../src/state/validations.ts';
import { replaceTable, visitsTable } from '../catalog/visits.ts';
import { query, temporaryDirectory } from '../sync/lake-fixture.ts';

const notedSchema = z.object({ table: z.string(), version: z.number() });

/** A home in which a process is at work until the test ends. */
async function busyHome(): Promise<string> {
  const home = join(await temporaryDirectory(), 'home');
  const script = join(import.meta.dirname, 'children', 'write-home.ts');
  const child = spawn(process.execPath, [script, home], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  await once(child.stdout, 'data');
  return home;
}

/** A home in which nobody works: a database with one table, keys, and a lake with one table. */
async function quietHome(): Promise<string> {
  const home = join(await temporaryDirectory(), 'home');
  await openKeyring({ home });
  const database = new DatabaseSync(join(home, 'chartlift.db'));
  database.exec(`PRAGMA journal_mode = WAL; CREATE TABLE a (b); INSERT INTO a VALUES (1)`);
  database.close();
  await replaceTable(join(home, 'lake'), visitsTable, []);
  return home;
}

it('is whole and consistent while a service writes', async () => {
  const home = await busyHome();
  const versions = new Set<unknown>();
  for (let round = 0; round < 8; round += 1) {
    const directory = join(home, '..', `backup-${round}`);
    const vacuuming = await openLakeWriter(join(home, 'lake'), { runId: `vacuum-${round}` });
    const [backup] = await Promise.all([
      backupHome({ home, lake: join(home, 'lake'), directory }),
      vacuuming.vacuum({ retainDays: 0 }),
    ]);
    await vacuuming.close();
    expect(backup).toMatchObject({ directory, database: true, lake: 'lake', remarks: [] });
    expect((await readdir(directory)).sort()).toEqual([
      'backup.json',
      'chartlift.db',
      'lake',
      'secret.key',
    ]);

    // The copy is a home like any other: database, keys and lake open and belong together.
    const database = await openDatabase({ home: directory });
    const settings = await database.db
      .selectFrom('settings')
      .select('value')
      .where('key', 'like', 'amount-%')
      .execute();
    expect(settings.reduce((sum, { value }) => sum + Number(value), 0)).toBe(1000);
    const rows = await database.db.selectFrom('validations').select('id').execute();
    const store = new ValidationStore(database, systemClock);
    const keyring = await openKeyring({ home: directory });
    const noted = new Map<string, number>();
    for (const { id } of rows) {
      const validation = await store.get(id);
      const { table, version } = notedSchema.parse(validation?.config);
      const plain = keyring.open(validation?.sealedSecrets ?? '', id);
      expect(plain).toBe(`${table} ${version}`);
      noted.set(table, Math.max(noted.get(table) ?? 0, version));
    }
    await database.close();

    const reader = await openLakeReader(join(directory, 'lake'));
    const tables = await reader.tables();
    await reader.close();
    expect(tables.every(({ readable }) => readable)).toBe(true);
    for (const [table, version] of noted) {
      // What the database tells of the lake is there.
      const found = tables.find((each) => each.table === table);
      expect(found?.readable && found.version).toBeGreaterThanOrEqual(version);
      versions.add(found?.readable && found.version);
      const values = await query(join(directory, 'lake'), `SELECT value FROM raw.${table}`);
      const [[first] = []] = values;
      expect(values).toEqual([0, 1, 2].map((more) => [Number(first) + more]));
    }
    // It goes on by itself.
    await replaceTable(join(directory, 'lake'), visitsTable, []);
    await rm(directory, { recursive: true });
  }
  expect(versions.size).toBeGreaterThan(4);
}, 120_000);

describe('a backup', () => {
  it('is readable by its owner alone, and describes itself', async () => {
    const home = await quietHome();
    const directory = join(home, '..', 'deep', 'backup');
    const told: BackupProgress[] = [];
    const clock = { now: () => Date.UTC(2026, 0, 1), sleep: async () => undefined };
    const backup = await backupHome({
      home,
      lake: join(home, 'lake'),
      directory,
      clock,
      onProgress: (progress) => told.push(progress),
    });
    expect(backup).toMatchObject({ madeAt: '2026-01-01T00:00:00.000Z', remarks: [] });
    expect(told).toEqual([
      { part: 'database' },
      { part: 'lake', table: 'raw.chart_visits', bytes: backup.bytes, done: 1, tables: 1 },
    ]);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    for (const name of ['secret.key', 'chartlift.db']) {
      expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600);
    }
    expect(JSON.parse(await readFile(join(directory, 'backup.json'), 'utf8'))).toMatchObject({
      made_at: '2026-01-01T00:00:00.000Z',
      database: true,
      lake: 'lake',
      tables: [{ table: 'raw.chart_visits', version: 0 }],
    });
    expect(await readdir(join(home, '..', 'deep'))).toEqual(['backup']);
  });

  it('can be made of a backup, and into an empty directory', async () => {
    const home = await quietHome();
    const [first, second] = [join(home, '..', 'first'), join(home, '..', 'second')];
    await mkdir(second);
    await backupHome({ home, lake: join(home, 'lake'), directory: first });
    await backupHome({ home: first, lake: join(first, 'lake'), directory: second });
    expect((await readdir(second)).sort()).toEqual((await readdir(first)).sort());
  });

  it('refuses a place that is taken, and leaves it as it is', async () => {
    const home = await quietHome();
    const lake = join(home, 'lake');
    const directory = join(home, '..', 'taken');
    await mkdir(directory);
    await writeFile(join(directory, 'mine'), '');
    await expect(backupHome({ home, lake, directory })).rejects.toMatchObject({
      code: 'config_invalid',
      message: `There is something at ${directory} already.`,
    });
    const file = join(directory, 'mine');
    await expect(backupHome({ home, lake, directory: file })).rejects.toThrow('already');
    await expect(backupHome({ home, lake, directory: home })).rejects.toThrow('already');
    expect(await readdir(directory)).toEqual(['mine']);
    await expect(
      backupHome({ home, lake, directory: join(lake, 'raw', 'backup') }),
    ).rejects.toMatchObject({ code: 'config_invalid' });
    expect(await readdir(join(lake, 'raw'))).toEqual(['chart_visits']);
  });

  it('leaves nothing when it fails', async () => {
    const home = await quietHome();
    const lake = join(home, 'lake');
    const directory = join(home, '..', 'backup');
    const before = await readdir(join(home, '..'));
    const stop = new AbortController();
    await expect(
      backupHome({
        home,
        lake,
        directory,
        signal: stop.signal,
        onProgress: ({ part }) => part === 'lake' && stop.abort(new Error('enough')),
      }),
    ).rejects.toThrow('enough');
    await rm(join(home, 'chartlift.db'));
    await expect(backupHome({ home, lake, directory })).rejects.toMatchObject({
      code: 'database_unusable',
    });
    await writeFile(join(home, 'chartlift.db'), 'not a database, and not empty either');
    await expect(backupHome({ home, lake, directory })).rejects.toMatchObject({
      code: 'database_unusable',
    });
    await chmod(join(home, 'secret.key'), 0o644);
    await expect(backupHome({ home, lake, directory })).rejects.toMatchObject({
      code: 'secrets_unreadable',
    });
    expect(await readdir(join(home, '..'))).toEqual(before);
  });

  it('leaves nothing half in its place when somebody else takes the place meanwhile', async () => {
    const home = await quietHome();
    const directory = join(home, '..', 'backup');
    const made = backupHome({
      home,
      lake: join(home, 'lake'),
      directory,
      onProgress: ({ part }) => {
        if (part !== 'lake') return;
        void mkdir(directory).then(() => writeFile(join(directory, 'mine'), ''));
      },
    });
    await expect(made).rejects.toThrow(`There is something at ${directory} already.`);
    expect((await readdir(join(home, '..'))).sort()).toEqual(['backup', 'home']);
    expect(await readdir(directory)).toEqual(['mine']);
  });

  it('says what it leaves out', async () => {
    const home = await quietHome();
    const elsewhere = join(home, '..', 'lake');
    await replaceTable(elsewhere, visitsTable, []);
    const directory = join(home, '..', 'backup');
    const backup = await backupHome({
      home,
      lake: elsewhere,
      databaseUrl: 'postgres://u:p@localhost/x',
      directory,
    });
    expect(backup).toMatchObject({ database: false, lake: null, tables: [] });
    expect(backup.remarks).toEqual([
      'The database is PostgreSQL and not in this backup. Copy it with: pg_dump "$DATABASE_URL", each time before chartlift backup.',
      `The lake ${elsewhere} is not in the home and not in this backup.`,
    ]);
    expect((await readdir(directory)).sort()).toEqual(['backup.json', 'secret.key']);
  });

  it('holds no key of the settings, and says so', async () => {
    const home = join(await temporaryDirectory(), 'home');
    const secretKey = Buffer.alloc(32, 7).toString('base64');
    await openKeyring({ home, secretKey });
    new DatabaseSync(join(home, 'chartlift.db')).close();
    const directory = join(home, '..', 'backup');
    const backup = await backupHome({ home, lake: join(home, 'lake'), directory });
    expect(backup.remarks).toEqual([
      'The key of the secrets is not in this backup: keep CHARTLIFT_SECRET_KEY safe.',
      `There is no lake at ${join(home, 'lake')}, and none in this backup.`,
    ]);
    expect(await readFile(join(directory, 'secret.key'), 'utf8')).not.toContain(secretKey);
  });

  it('names tables that could not be checked', async () => {
    const home = await quietHome();
    const log = join(home, 'lake', 'raw', 'chart_visits', '_delta_log');
    await rm(join(log, '00000000000000000000.crc'));
    await writeFile(join(log, '00000000000000000000.json'), '{"add":');
    const directory = join(home, '..', 'backup');
    const backup = await backupHome({ home, lake: join(home, 'lake'), directory });
    expect(backup.remarks[0]).toMatch(
      /^raw\.chart_visits was copied as its files are, without a check: The log of raw\.chart_visits/,
    );
  });
});
