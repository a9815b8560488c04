import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { AuditStore } from '../../src/state/audit.ts';
import { backupState } from '../../src/state/backup.ts';
import { openDatabase } from '../../src/state/database.ts';
import { openKeyring } from '../../src/state/secrets/keyring.ts';
import { rotateSecrets } from '../../src/state/secrets/rotate-secrets.ts';
import { type NewValidation, ValidationStore } from '../../src/state/validations.ts';
import { eachDatabase } from './each-database.ts';

const validation: Omit<NewValidation, 'seal'> = {
  connector: 'amplitude',
  config: {},
  sourceId: null,
  purpose: 'new',
  createdBy: 'Ada',
};

async function emptyDirectory(home: string, name: string): Promise<string> {
  const directory = join(home, '..', name);
  await mkdir(directory, { recursive: true });
  return directory;
}

eachDatabase('backupState', ({ dialect, open, place }) => {
  it('copies keys, and the database where it is a file', async () => {
    const where = await place();
    const database = await open({ place: where });
    const keyring = await openKeyring({ home: where.home });
    const store = new ValidationStore(database, systemClock);
    const seal = (id: string) => keyring.seal('plain', id);
    const { id } = await store.create({ ...validation, seal });
    const directory = await emptyDirectory(where.home, 'copy');
    const made = await backupState({ home: where.home, databaseUrl: where.url, directory });
    expect(made).toEqual({ database: dialect === 'sqlite', keys: true });
    const files = dialect === 'sqlite' ? ['chartlift.db', 'secret.key'] : ['secret.key'];
    expect((await readdir(directory)).sort()).toEqual(files);
    for (const name of files) expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600);

    const copy = await openDatabase({ home: directory, url: where.url });
    const found = await new ValidationStore(copy, systemClock).get(id);
    await copy.close();
    const keys = await openKeyring({ home: directory });
    expect(keys.open(found?.sealedSecrets ?? '', id)).toBe('plain');
    expect(keys.fingerprint('a')).toBe(keyring.fingerprint('a'));
  });

  if (dialect === 'postgres') return;

  it('finds one moment while others write', async () => {
    const where = await place();
    const database = await open({ place: where });
    await openKeyring({ home: where.home });
    const audit = new AuditStore(database, systemClock);
    const entry = (action: string) => ({
      actor: { type: 'system' as const, id: 'test', name: 'test' },
      action,
      target: { type: 'source', id: 'src_1', name: 'x'.repeat(2_000) },
      details: {},
      requestId: null,
    });
    let writing = true;
    let written = 0;
    const writes = (async () => {
      // Each change is two entries in one transaction.
      for (; writing; written += 1) {
        await database.db.transaction().execute(async (db) => {
          const inside = new AuditStore({ ...database, db }, systemClock);
          await inside.append(entry('first'));
          await inside.append(entry('second'));
        });
        await new Promise(setImmediate);
      }
    })();
    const counts: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      const directory = await emptyDirectory(where.home, `copy-${round}`);
      const atLeast = written;
      await backupState({ home: where.home, directory });
      const copy = await openDatabase({ home: directory });
      const actions = await copy.db.selectFrom('audit').select('action').execute();
      await copy.close();
      const first = actions.filter(({ action }) => action === 'first').length;
      expect(actions.length).toBe(2 * first);
      expect(first).toBeGreaterThanOrEqual(atLeast);
      counts.push(first);
    }
    writing = false;
    await writes;
    expect(new Set(counts).size).toBe(counts.length);
    expect((await audit.list({ limit: 1 })).items).toHaveLength(1);
  });

  it('opens with its own keys, whatever is rotated meanwhile', async () => {
    const where = await place();
    const database = await open({ place: where });
    const keyring = await openKeyring({ home: where.home });
    const store = new ValidationStore(database, systemClock);
    for (let row = 0; row < 50; row += 1) {
      await store.create({ ...validation, seal: (id) => keyring.seal(`secret of ${id}`, id) });
    }
    const clock = { now: () => Date.now(), sleep: () => systemClock.sleep(40) };
    let rotating = true;
    const rotations = (async () => {
      while (rotating) await rotateSecrets({ database, keyring, clock });
    })();
    for (let round = 0; round < 10; round += 1) {
      const directory = await emptyDirectory(where.home, `copy-${round}`);
      await backupState({ home: where.home, directory });
      const keys = await openKeyring({ home: directory });
      const copy = await openDatabase({ home: directory });
      const rows = await copy.db.selectFrom('validations').selectAll().execute();
      await copy.close();
      for (const { id, sealed_secrets: sealed } of rows) {
        expect(keys.open(sealed, id)).toBe(`secret of ${id}`);
      }
    }
    rotating = false;
    await rotations;
  });

  it('refuses a home without a database, and one that is damaged', async () => {
    const { home } = await place();
    const directory = await emptyDirectory(home, 'copy');
    await expect(backupState({ home, directory })).rejects.toMatchObject({
      code: 'database_unusable',
      message: `There is no database at ${join(home, 'chartlift.db')}.`,
    });
    await mkdir(home);
    await writeFile(join(home, 'chartlift.db'), 'this is no database, whatever its name says');
    await expect(backupState({ home, directory })).rejects.toMatchObject({
      code: 'database_unusable',
    });
    await rm(directory, { recursive: true });
  });
});
