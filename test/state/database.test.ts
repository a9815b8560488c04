import { execFile } from 'node:child_process';
import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';
import { DATABASE_FILE, openDatabase } from '../../src/state/database.ts';
import { MIGRATIONS } from '../../src/state/migrations/all-migrations.ts';
import type { Dialect, Migration } from '../../src/state/migrations/migration.ts';
import { eachDatabase } from './each-database.ts';

const OPENER = join(import.meta.dirname, 'children', 'open-database.ts');

const later: Migration = {
  name: '9999-later',
  async up(db) {
    await db.schema.createTable('later').addColumn('id', 'text').execute();
  },
};

eachDatabase('openDatabase', ({ dialect, open, place }) => {
  it('makes the tables once, and keeps what is in them', async () => {
    const where = await place();
    const first = await openDatabase(where);
    const fact = { key: 'greeting', value: 'Grüß Gott 🎈', updated_at: '2026-01-01T00:00:00.000Z' };
    await first.db.insertInto('settings').values(fact).execute();
    await first.close();
    const second = await open({ place: where });
    expect(second.dialect).toBe(dialect);
    expect(await second.db.selectFrom('settings').selectAll().execute()).toEqual([fact]);
  });

  it('makes them once when four processes start together', async () => {
    const { home, url } = await place();
    const args = [OPENER, home, ...(url === undefined ? [] : [url])];
    const run = promisify(execFile);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => run(process.execPath, args, { encoding: 'utf8' })),
    );
    const all = `${MIGRATIONS.length}\n`;
    expect(answers.map(({ stdout }) => stdout)).toEqual(Array(4).fill(all));
  });

  it('applies what a newer version adds', async () => {
    const where = await place();
    await (await openDatabase(where)).close();
    const newer = await openDatabase({ ...where, migrations: [...MIGRATIONS, later] });
    const names = await newer.db.selectFrom('schema_migrations').select('name').execute();
    await newer.close();
    expect(names.map(({ name }) => name)).toContain('9999-later');
  });

  it('is refused to a version older than its tables', async () => {
    const where = await place();
    await (await openDatabase({ ...where, migrations: [...MIGRATIONS, later] })).close();
    await expect(openDatabase(where)).rejects.toMatchObject({
      code: 'database_unusable',
      message: expect.stringContaining('newer version'),
    });
  });

  it('leaves the tables as they were when a migration fails', async () => {
    const where = await place();
    await (await openDatabase(where)).close();
    const broken: Migration = {
      name: '9998-broken',
      async up(db, given) {
        await later.up(db, given);
        throw new Error('no more room');
      },
    };
    const migrations = [...MIGRATIONS, broken];
    await expect(openDatabase({ ...where, migrations })).rejects.toMatchObject({
      code: 'database_unusable',
      message: expect.stringContaining('no more room'),
    });
    const { db } = await open({ place: where });
    await expect(sql`select * from later`.execute(db)).rejects.toThrow('later');
  });

  it('sorts texts by their bytes and gives numbers as numbers', async () => {
    const { db } = await open();
    for (const key of ['b', 'B', 'ä', 'a', '_']) {
      await db.insertInto('settings').values({ key, value: '', updated_at: '' }).execute();
    }
    const rows = await db.selectFrom('settings').select('key').orderBy('key').execute();
    expect(rows.map(({ key }) => key)).toEqual(['B', '_', 'a', 'b', 'ä']);
    const { count } = await db
      .selectFrom('settings')
      .select((sources) => sources.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBe(5);
  });

  it('takes back a transaction that throws', async () => {
    const { db } = await open();
    const failing = db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('settings')
        .values({ key: 'half', value: '', updated_at: '' })
        .execute();
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await db.selectFrom('settings').selectAll().execute()).toEqual([]);
  });

  it('holds many transactions at once apart', async () => {
    const { db } = await open();
    await db.insertInto('settings').values({ key: 'n', value: '0', updated_at: '' }).execute();
    await Promise.all(
      Array.from({ length: 30 }, () =>
        db.transaction().execute(async (transaction) => {
          let query = transaction.selectFrom('settings').select('value').where('key', '=', 'n');
          if (dialect === 'postgres') query = query.forUpdate();
          const { value } = await query.executeTakeFirstOrThrow();
          await transaction
            .updateTable('settings')
            .set({ value: String(Number(value) + 1) })
            .where('key', '=', 'n')
            .execute();
        }),
      ),
    );
    const { value } = await db.selectFrom('settings').select('value').executeTakeFirstOrThrow();
    expect(value).toBe('30');
  });

  it('makes a data folder that is for its owner alone', async () => {
    const where = await place();
    await open({ place: where });
    expect((await stat(where.home)).mode & 0o777).toBe(0o700);
    if (dialect === 'postgres') return;
    for (const name of [DATABASE_FILE, `${DATABASE_FILE}-wal`]) {
      expect((await stat(join(where.home, name))).mode & 0o777).toBe(0o600);
    }
  });

  it('says so when the data folder cannot be made', async () => {
    const { home, url } = await place();
    await writeFile(home, 'a file');
    const opening = openDatabase({ home: join(home, 'below'), url });
    await expect(opening).rejects.toMatchObject({ code: 'database_unusable' });
  });
});

/** A test of what one of the databases alone has. */
function onlyOn(
  wanted: Dialect,
  dialect: Dialect,
): (name: string, test: () => Promise<void>) => void {
  return dialect === wanted ? it : () => undefined;
}

eachDatabase('a broken place', ({ dialect, place, open }) => {
  onlyOn('sqlite', dialect)('names a file that is no database', async () => {
    const { home } = await place();
    await mkdir(home);
    await writeFile(join(home, DATABASE_FILE), 'no database '.repeat(1_000));
    await chmod(join(home, DATABASE_FILE), 0o600);
    await expect(openDatabase({ home })).rejects.toMatchObject({
      code: 'database_unusable',
      message: expect.stringMatching(/chartlift\.db cannot be used: file is not a database\.$/),
    });
  });

  onlyOn('sqlite', dialect)('keeps what was committed through a power loss', async () => {
    const { db } = await open();
    const settings = async (name: string) =>
      Object.values((await sql<object>`pragma ${sql.raw(name)}`.execute(db)).rows[0] ?? {});
    // FULL is 2.
    expect(await settings('synchronous')).toEqual([2]);
    expect(await settings('journal_mode')).toEqual(['wal']);
    expect(await settings('foreign_keys')).toEqual([1]);
  });

  onlyOn('postgres', dialect)(
    'names a server that is not there, without its password',
    async () => {
      const { home } = await place();
      const url = 'postgres://me:hunter2@127.0.0.1:1/nowhere';
      const error = await openDatabase({ home, url }).catch((thrown) => thrown);
      expect(error).toMatchObject({ code: 'database_unusable' });
      expect(error.message).toContain('127.0.0.1:1/nowhere');
      expect(`${error.message}${error.hint}${error.stack}`).not.toContain('hunter2');
    },
  );

  onlyOn('postgres', dialect)('goes on after its connections were cut', async () => {
    const { db } = await open();
    const kill = sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'chartlift' and pid = ${sql.raw('pg_backend_pid()')}`;
    await expect(kill.execute(db)).rejects.toThrow();
    await vi.waitFor(async () => {
      expect(await db.selectFrom('settings').selectAll().execute()).toEqual([]);
    });
  });
});
