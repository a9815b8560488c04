import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Database } from '../../src/state/database.ts';
import { type Keyring, openKeyring } from '../../src/state/secrets/keyring.ts';
import { type RotationOptions, rotateSecrets } from '../../src/state/secrets/rotate-secrets.ts';
import { eachDatabase } from './each-database.ts';
import { settableClock } from './settable-clock.ts';

const at = '2026-01-01T00:00:00.000Z';
const keyText = () => randomBytes(32).toString('base64');

function sourceRow(id: string, sealed: string) {
  return {
    id,
    connector: 'amplitude',
    name: id,
    name_key: id,
    search_text: id,
    description: '',
    config: '{}',
    sealed_secrets: sealed,
    limit_group: 'group',
    trigger: '{"type":"manual"}',
    after_source_id: null,
    paused: 0,
    next_run_at: null,
    time_limit_ms: 1,
    revision: 1,
    created_at: at,
    created_by: 'Ada',
    updated_at: at,
  };
}

async function insertSource({ db }: Database, id: string, sealed: string): Promise<void> {
  await db.insertInto('sources').values(sourceRow(id, sealed)).execute();
}

function validationRow(id: string, sealed: string) {
  return {
    id,
    connector: 'amplitude',
    config: '{}',
    sealed_secrets: sealed,
    source_id: null,
    purpose: 'new' as const,
    status: 'ready' as const,
    streams: null,
    created_by: 'Ada',
    created_at: at,
    ended_at: null,
  };
}

/** Sources and validations whose secret is `secret of <id>`. */
async function fill({ db }: Database, keyring: Keyring, sources: number): Promise<void> {
  const rows = <Row>(prefix: string, rowOf: (id: string, sealed: string) => Row) =>
    Array.from({ length: sources }, (_, number) => {
      const id = `${prefix}_${number}`;
      return rowOf(id, keyring.seal(`secret of ${id}`, id));
    });
  await db.insertInto('sources').values(rows('src', sourceRow)).execute();
  await db.insertInto('validations').values(rows('val', validationRow)).execute();
}

/** Every sealed text by the id of its row. */
async function sealedTexts({ db }: Database): Promise<Map<string, string>> {
  const columns = ['id', 'sealed_secrets'] as const;
  const rows = [
    ...(await db.selectFrom('sources').select(columns).execute()),
    ...(await db.selectFrom('validations').select(columns).execute()),
  ];
  return new Map(rows.map(({ id, sealed_secrets }) => [id, sealed_secrets]));
}

async function expectReadable(database: Database, keyring: Keyring, rows: number): Promise<void> {
  const texts = await sealedTexts(database);
  expect(texts.size).toBe(rows);
  for (const [id, sealed] of texts) expect(keyring.open(sealed, id)).toBe(`secret of ${id}`);
}

async function keysInUse(database: Database, keyring: Keyring): Promise<string[]> {
  const texts = await sealedTexts(database);
  return [...new Set([...texts.values()].map((sealed) => keyring.keyIdOf(sealed)))];
}

eachDatabase('rotateSecrets', ({ open, place }) => {
  async function openHome(secretKey?: string) {
    const where = await place();
    const database = await open({ place: where });
    const keyring = await openKeyring({ home: where.home, secretKey });
    return { ...where, database, keyring };
  }
  const rotate = (options: RotationOptions) =>
    rotateSecrets({ clock: settableClock(), ...options });

  it('seals everything with a new key, and drops the old one', async () => {
    const { home, database, keyring } = await openHome();
    // More than are read at a time.
    await fill(database, keyring, 250);
    const before = keyring.keyIds().current;
    const fingerprint = keyring.fingerprint('a');
    const told: number[] = [];
    const rotation = await rotate({ database, keyring, onProgress: (rows) => told.push(rows) });
    expect(rotation).toEqual({
      keyId: keyring.keyIds().current,
      resealed: 500,
      unreadable: [],
      removed: [before],
      removable: [],
    });
    expect(told).toEqual([200, 250, 450, 500]);
    expect(await keysInUse(database, keyring)).toEqual([rotation.keyId]);
    expect(rotation.keyId).not.toBe(before);
    const fresh = await openKeyring({ home });
    await expectReadable(database, fresh, 500);
    expect(fresh.keyIds().inFile).toEqual([rotation.keyId]);
    expect(fresh.fingerprint('a')).toBe(fingerprint);
    expect((await readdir(home)).filter((name) => name.startsWith('secret.key'))).toEqual([
      'secret.key',
    ]);
  });

  it('changes nothing else of a source', async () => {
    const { database, keyring } = await openHome();
    await fill(database, keyring, 1);
    const read = () => database.db.selectFrom('sources').selectAll().executeTakeFirstOrThrow();
    const { sealed_secrets: old, ...before } = await read();
    await rotate({ database, keyring });
    const { sealed_secrets: sealed, ...after } = await read();
    expect(after).toEqual(before);
    expect(sealed).not.toBe(old);
  });

  it('is noticed by a service that runs', async () => {
    const { home, database, keyring } = await openHome();
    await fill(database, keyring, 3);
    const rotating = await openKeyring({ home });
    for (let time = 0; time < 3; time += 1) {
      const { keyId } = await rotate({ database, keyring: rotating });
      await expectReadable(database, keyring, 6);
      expect(keyring.keyIdOf(keyring.seal('plain', 'src_9'))).toBe(keyId);
    }
  });

  it('catches what a service sealed before and stores after it began', async () => {
    const { home, database, keyring } = await openHome();
    await fill(database, keyring, 1);
    const inFlight = keyring.seal('secret of src_late', 'src_late');
    const clock = settableClock();
    const waits: number[] = [];
    const rotation = await rotate({
      database,
      keyring,
      clock: {
        now: () => clock.now(),
        async sleep(ms) {
          waits.push(ms);
          await insertSource(database, 'src_late', inFlight);
        },
      },
    });
    expect(waits).toEqual([12_000]);
    expect(rotation).toMatchObject({ resealed: 3, removed: [expect.any(String)] });
    await expectReadable(database, await openKeyring({ home }), 3);
  });

  it('never overwrites what somebody stored meanwhile', async () => {
    const { home, database, keyring } = await openHome();
    await fill(database, keyring, 30);
    const service = await openKeyring({ home });
    const last = new Map<string, string>();
    let writing = true;
    const writes = (async () => {
      for (let write = 0; writing; write += 1) {
        const id = `src_${write % 30}`;
        const sealed_secrets = service.seal(`changed ${write}`, id);
        await database.db
          .updateTable('sources')
          .set({ sealed_secrets })
          .where('id', '=', id)
          .execute();
        last.set(id, `changed ${write}`);
        await delay(1);
      }
    })();
    for (let time = 0; time < 5; time += 1) await rotate({ database, keyring });
    writing = false;
    await writes;
    const texts = await sealedTexts(database);
    const fresh = await openKeyring({ home });
    expect(last.size).toBeGreaterThan(3);
    for (const [id, plain] of last) expect(fresh.open(texts.get(id) ?? '', id)).toBe(plain);
  });

  it('leaves every secret readable when it is killed at any moment', async () => {
    const { home, url, database, keyring } = await openHome();
    await fill(database, keyring, 20);
    const script = join(import.meta.dirname, 'children', 'rotate-again.ts');
    const used = new Set<string>();
    // On a busy machine some are killed before they have made a key.
    for (let round = 0; round < 6 || used.size <= 5; round += 1) {
      const child = spawn(process.execPath, [script, home, ...(url === undefined ? [] : [url])], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      await delay(Math.random() * 120);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const fresh = await openKeyring({ home });
      await expectReadable(database, fresh, 40);
      await expectReadable(database, keyring, 40);
      for (const id of fresh.keyIds().inFile) used.add(id);
    }
    // The next one tidies up.
    const { keyId } = await rotate({ database, keyring });
    expect(keyring.keyIds().inFile).toEqual([keyId]);
    expect(await keysInUse(database, keyring)).toEqual([keyId]);
    const files = (await readdir(home)).filter((name) => name.startsWith('secret.key'));
    expect(files).toEqual(['secret.key']);
  }, 120_000);

  it('runs once at a time', async () => {
    const { home, database, keyring } = await openHome();
    await fill(database, keyring, 2);
    let second: Promise<unknown> = Promise.resolve();
    await rotate({
      database,
      keyring,
      clock: {
        now: () => Date.now(),
        async sleep() {
          second = rotate({ database, keyring: await openKeyring({ home }) });
          await second.catch(() => undefined);
        },
      },
    });
    await expect(second).rejects.toMatchObject({ code: 'conflict' });
    await expectReadable(database, await openKeyring({ home }), 4);
  });

  it('names what no key opens, keeps the keys of the rest, and goes on', async () => {
    const { database, keyring } = await openHome();
    await fill(database, keyring, 1);
    const elsewhere = await openKeyring({ home: (await place()).home });
    const tampered = `${keyring.seal('x', 'src_7').slice(0, -4)}AAAA`;
    await insertSource(database, 'src_7', tampered);
    await insertSource(database, 'src_8', elsewhere.seal('x', 'src_8'));
    await insertSource(database, 'src_9', 'not sealed at all');
    const rotation = await rotate({ database, keyring });
    expect(rotation).toMatchObject({ resealed: 2, removed: [] });
    expect(rotation.unreadable).toEqual(
      ['src_7', 'src_8', 'src_9'].map((id) => ({ table: 'sources', id })),
    );
    const texts = await sealedTexts(database);
    expect(texts.get('src_7')).toBe(tampered);
    expect(texts.get('src_9')).toBe('not sealed at all');
    expect(keyring.open(texts.get('src_0') ?? '', 'src_0')).toBe('secret of src_0');
  });

  it('with a key in the settings says which keys may be taken out', async () => {
    const [newer, older] = [keyText(), keyText()];
    const { home, database, keyring } = await openHome(older);
    await fill(database, keyring, 3);
    const old = keyring.keyIds().current;
    const both = await openKeyring({ home, secretKey: `${newer},${older}` });
    const rotation = await rotate({ database, keyring: both });
    expect(rotation).toEqual({
      keyId: both.keyIds().current,
      resealed: 6,
      unreadable: [],
      removed: [],
      removable: [old],
    });
    await expectReadable(database, await openKeyring({ home, secretKey: newer }), 6);
    expect(await readFile(join(home, 'secret.key'), 'utf8')).toContain('"keys": []');
    // Once more finds nothing to do.
    expect(await rotate({ database, keyring: both })).toMatchObject({ resealed: 0 });
  });

  it('moves a home from its key file to a key in the settings', async () => {
    const { home, database, keyring } = await openHome();
    await fill(database, keyring, 3);
    const ofFile = keyring.keyIds().current;
    const secretKey = keyText();
    const withSetting = await openKeyring({ home, secretKey });
    const rotation = await rotate({ database, keyring: withSetting });
    expect(rotation).toMatchObject({ resealed: 6, removed: [ofFile], removable: [] });
    expect(withSetting.keyIds().inFile).toEqual([]);
    await expectReadable(database, await openKeyring({ home, secretKey }), 6);
  });

  it('stops when it is told to, and can be gone on with', async () => {
    const { home, database, keyring } = await openHome();
    await fill(database, keyring, 3);
    const stop = new AbortController();
    const stopped = rotate({
      database,
      keyring,
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(keyring.keyIds().inFile).toHaveLength(2);
    await expectReadable(database, await openKeyring({ home }), 6);
    expect(await rotate({ database, keyring })).toMatchObject({ removed: { length: 2 } });
  });

  it('removes what a killed one left of a key file', async () => {
    const { home, database, keyring } = await openHome();
    await writeFile(join(home, 'secret.key.0123456789ab.new'), '{}');
    await rotate({ database, keyring });
    expect((await readdir(home)).filter((name) => name.endsWith('.new'))).toEqual([]);
  });
});
