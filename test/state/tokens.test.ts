import { expect, it } from 'vitest';
import { TokenStore } from '../../src/state/tokens.ts';
import { eachDatabase } from './each-database.ts';
import { settableClock } from './settable-clock.ts';

const token = (name: string) => ({
  name,
  hash: `hash of ${name}`,
  hint: 'cl_3fQ7',
  role: 'editor' as const,
  expiresAt: null,
  createdBy: 'user-1',
});

eachDatabase('TokenStore', ({ open }) => {
  async function openStore() {
    const clock = settableClock();
    const database = await open({ clock });
    return { clock, database, store: new TokenStore(database, clock) };
  }

  it('keeps a token, found by id and by hash', async () => {
    const { store } = await openStore();
    const expiresAt = '2026-04-01T00:00:00.000Z';
    const made = await store.create({ ...token('ci'), expiresAt });
    expect(made).toEqual({
      id: expect.stringMatching(/^tok_[0-9a-z]{26}$/),
      name: 'ci',
      hint: 'cl_3fQ7',
      role: 'editor',
      createdAt: '2026-01-01T00:00:00.000Z',
      createdBy: 'user-1',
      expiresAt,
      lastUsedAt: null,
      revokedAt: null,
    });
    expect(await store.get(made.id)).toEqual(made);
    expect(await store.findByHash('hash of ci')).toEqual(made);
    expect(await store.get('tok_0')).toBeNull();
    expect(await store.findByHash('hash of')).toBeNull();
  });

  it('refuses a hash that is there', async () => {
    const { store } = await openStore();
    await store.create(token('ci'));
    await expect(store.create(token('ci'))).rejects.toThrow();
  });

  it('notes its use once a minute', async () => {
    const { store, clock } = await openStore();
    const { id } = await store.create(token('ci'));
    const lastUsed = async () => (await store.get(id))?.lastUsedAt;
    clock.time += 1_000;
    await store.touch(id);
    expect(await lastUsed()).toBe('2026-01-01T00:00:01.000Z');
    clock.time += 59_999;
    await store.touch(id);
    expect(await lastUsed()).toBe('2026-01-01T00:00:01.000Z');
    clock.time += 1;
    await store.touch(id);
    expect(await lastUsed()).toBe('2026-01-01T00:01:01.000Z');
  });

  it('is revoked once', async () => {
    const { store, clock } = await openStore();
    const { id } = await store.create(token('ci'));
    clock.time += 5_000;
    expect(await store.revoke(id)).toBe(true);
    clock.time += 5_000;
    expect(await store.revoke(id)).toBe(false);
    expect(await store.revoke('tok_0')).toBe(false);
    expect(await store.findByHash('hash of ci')).toMatchObject({
      revokedAt: '2026-01-01T00:00:05.000Z',
    });
  });

  it('lists newest first, in pages', async () => {
    const { store, clock } = await openStore();
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await store.create(token(name));
      clock.time += 1;
    }
    const names: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 3; page += 1) {
      const { items, nextCursor } = await store.list({ limit: 2, cursor });
      names.push(items.map(({ name }) => name).join(''));
      cursor = nextCursor ?? undefined;
    }
    expect(names).toEqual(['ed', 'cb', 'a']);
    expect(cursor).toBeUndefined();
    expect((await store.list({ limit: 5 })).nextCursor).toBeNull();
    await expect(store.list({ limit: 2, cursor: "x' or 1" })).rejects.toMatchObject({
      code: 'request_invalid',
    });
  });
});
