import { expect, it } from 'vitest';
import { AuditStore, type NewAuditEntry } from '../../src/state/audit.ts';
import { eachDatabase } from './each-database.ts';
import { settableClock } from './settable-clock.ts';

const entry = (action: string, more: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  actor: { type: 'user', id: 'user-1', name: 'Ada' },
  action,
  target: { type: 'source', id: 'src_1', name: 'Key metrics' },
  details: {},
  requestId: 'req-1',
  ...more,
});

eachDatabase('AuditStore', ({ open }) => {
  async function openStore() {
    const clock = settableClock();
    return { clock, store: new AuditStore(await open({ clock }), clock) };
  }

  it('keeps who did what, when', async () => {
    const { store } = await openStore();
    const details = { before: { paused: false }, note: 'Grüße 👋', list: [1, null] };
    const written = entry('source.paused', { details, requestId: null });
    const record = await store.append(written);
    expect(record).toEqual({
      ...written,
      id: expect.stringMatching(/^aud_[0-9a-z]{26}$/),
      at: '2026-01-01T00:00:00.000Z',
    });
    expect(await store.list({ limit: 10 })).toEqual({ items: [record], nextCursor: null });
  });

  it('lists newest first, in pages, those of one millisecond included', async () => {
    const { store, clock } = await openStore();
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await store.append(entry(name));
      if (name === 'c') clock.time += 1;
    }
    const pages: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 3; page += 1) {
      const { items, nextCursor } = await store.list({ limit: 2, cursor });
      pages.push(items.map(({ action }) => action).join(''));
      cursor = nextCursor ?? undefined;
    }
    expect(pages).toEqual(['ed', 'cb', 'a']);
    expect(cursor).toBeUndefined();
  });

  it('finds by actor, action, target and time, also together', async () => {
    const { store, clock } = await openStore();
    const other = { type: 'token', id: 'tok_1', name: 'ci' } as const;
    const table = { type: 'table', id: 'raw.a', name: 'raw.a' };
    await store.append(entry('source.created'));
    clock.time += 1_000;
    await store.append(entry('source.paused', { actor: other }));
    clock.time += 1_000;
    await store.append(entry('table.dropped', { target: table }));
    const found = async (filter: object) =>
      (await store.list({ limit: 10, ...filter })).items.map(({ action }) => action);
    expect(await found({ actorId: 'tok_1' })).toEqual(['source.paused']);
    expect(await found({ action: 'source.created' })).toEqual(['source.created']);
    expect(await found({ targetType: 'source' })).toEqual(['source.paused', 'source.created']);
    expect(await found({ targetType: 'table', targetId: 'raw.a' })).toEqual(['table.dropped']);
    expect(await found({ since: '2026-01-01T00:00:01.000Z' })).toEqual([
      'table.dropped',
      'source.paused',
    ]);
    expect(await found({ actorId: 'tok_1', targetType: 'table' })).toEqual([]);
    await expect(found({ cursor: 'none' })).rejects.toMatchObject({ code: 'request_invalid' });
  });
});
