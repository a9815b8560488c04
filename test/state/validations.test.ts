import { expect, it } from 'vitest';
import { type NewValidation, ValidationStore } from '../../src/state/validations.ts';
import { eachDatabase } from './each-database.ts';
import { settableClock } from './settable-clock.ts';

const DAY = 24 * 60 * 60 * 1000;

const validation: NewValidation = {
  connector: 'amplitude',
  config: { region: 'eu', chart_ids: ['abc123'] },
  seal: (id) => `sealed for ${id}`,
  sourceId: null,
  purpose: 'new',
  createdBy: 'Ada',
};

eachDatabase('ValidationStore', ({ open }) => {
  async function openStore() {
    const clock = settableClock();
    const database = await open({ clock });
    return { clock, database, store: new ValidationStore(database, clock) };
  }

  it('begins running, with its secrets sealed for its own id', async () => {
    const { store } = await openStore();
    const made = await store.create(validation);
    expect(made).toEqual({
      id: expect.stringMatching(/^val_[0-9a-z]{26}$/),
      status: 'running',
      purpose: 'new',
      connector: 'amplitude',
      sourceId: null,
      config: { region: 'eu', chart_ids: ['abc123'] },
      sealedSecrets: `sealed for ${made.id}`,
      createdAt: '2026-01-01T00:00:00.000Z',
      createdBy: 'Ada',
      endedAt: null,
    });
    expect(await store.get(made.id)).toEqual(made);
    expect(await store.get('val_0')).toBeNull();
    expect(await store.streams(made.id)).toEqual([]);
  });

  it('numbers its checks', async () => {
    const { store } = await openStore();
    const [one, two] = [await store.create(validation), await store.create(validation)];
    for (const [id, stream] of [
      [one.id, null],
      [two.id, null],
      [one.id, 'chart_a'],
      [one.id, 'chart_b'],
    ] as const) {
      await store.appendCheck(id, { stream, ok: true });
    }
    expect(await store.appendCheck(two.id, { stream: 'chart_a', ok: false })).toBe(2);
    expect(await store.checks(one.id, 0)).toEqual([
      { seq: 1, check: { stream: null, ok: true } },
      { seq: 2, check: { stream: 'chart_a', ok: true } },
      { seq: 3, check: { stream: 'chart_b', ok: true } },
    ]);
    expect(await store.checks(one.id, 2)).toEqual([
      { seq: 3, check: { stream: 'chart_b', ok: true } },
    ]);
    expect(await store.checks(two.id, 2)).toEqual([]);
  });

  it('ends once, with the streams that it found', async () => {
    const { store, clock } = await openStore();
    const { id } = await store.create(validation);
    clock.time += 3_000;
    expect(await store.finish(id, 'ready', [{ name: 'chart_a' }])).toBe(true);
    expect(await store.finish(id, 'failed', [])).toBe(false);
    expect(await store.get(id)).toMatchObject({
      status: 'ready',
      endedAt: '2026-01-01T00:00:03.000Z',
    });
    expect(await store.streams(id)).toEqual([{ name: 'chart_a' }]);
  });

  it('fails those that a dead process left running', async () => {
    const { store } = await openStore();
    const [ready, running] = [await store.create(validation), await store.create(validation)];
    await store.finish(ready.id, 'ready', []);
    expect(await store.failRunning()).toBe(1);
    expect(await store.failRunning()).toBe(0);
    expect(await store.get(ready.id)).toMatchObject({ status: 'ready' });
    expect(await store.get(running.id)).toMatchObject({ status: 'failed' });
    expect(await store.streams(running.id)).toEqual([]);
  });

  it('goes after its time, with its checks', async () => {
    const { store, clock, database } = await openStore();
    const old = await store.create(validation);
    await store.appendCheck(old.id, {});
    clock.time += DAY;
    const young = await store.create(validation);
    await store.appendCheck(young.id, {});
    expect(await store.prune(DAY)).toBe(0);
    clock.time += 1;
    expect(await store.prune(DAY)).toBe(1);
    expect(await store.get(old.id)).toBeNull();
    expect(await store.get(young.id)).not.toBeNull();
    const left = await database.db.selectFrom('validation_checks').selectAll().execute();
    expect(left.map((check) => check.validation_id)).toEqual([young.id]);
  });
});
