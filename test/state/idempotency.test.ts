import { expect, it } from 'vitest';
import { IdempotencyStore } from '../../src/state/idempotency.ts';
import { SettingStore } from '../../src/state/settings.ts';
import { eachDatabase } from './each-database.ts';
import { StoppedClock } from './sample-state.ts';

const request = {
  key: 'a-1',
  actorId: 'usr_1',
  method: 'POST',
  path: '/api/v1/sources',
  bodyHash: 'ab',
};
const answer = { status: 201, headers: { location: '/x' }, body: '{"ü":1}' };

eachDatabase('IdempotencyStore', ({ open }) => {
  async function opened() {
    const clock = new StoppedClock();
    return { clock, store: new IdempotencyStore(await open({ clock }), clock) };
  }

  it('lets a request be carried out once, and then gives its answer', async () => {
    const { store } = await opened();
    expect(await store.begin(request)).toBe('new');
    expect(await store.begin(request)).toBe('busy');
    await store.complete(request, answer);
    expect(await store.begin(request)).toEqual(answer);
  });

  it('lets one of many that come at once be carried out', async () => {
    const { store } = await opened();
    const answers = await Promise.all(Array.from({ length: 20 }, () => store.begin(request)));
    expect(answers.toSorted()).toEqual([...Array(19).fill('busy'), 'new']);
  });

  it('knows another request by its method, path or body', async () => {
    const { store } = await opened();
    await store.begin(request);
    await store.complete(request, answer);
    for (const other of [{ method: 'PUT' }, { path: '/y' }, { bodyHash: 'cd' }]) {
      expect(await store.begin({ ...request, ...other })).toBe('mismatch');
    }
    expect(await store.begin({ ...request, actorId: 'usr_2' })).toBe('new');
  });

  it('forgets what failed, what was never answered, and what is old', async () => {
    const { store, clock } = await opened();
    await store.begin(request);
    await store.forget(request);
    expect(await store.begin(request)).toBe('new');
    expect(await store.forgetUnanswered()).toBe(1);
    expect(await store.begin(request)).toBe('new');
    await store.complete(request, answer);
    expect(await store.forgetUnanswered()).toBe(0);
    expect(await store.prune(1_000)).toBe(0);
    clock.forward(1_001);
    expect(await store.prune(1_000)).toBe(1);
  });
});

eachDatabase('SettingStore', ({ open }) => {
  it('keeps the last value', async () => {
    const settings = new SettingStore(await open(), new StoppedClock());
    expect(await settings.get('a')).toBeNull();
    await settings.set('a', '1');
    await settings.set('a', '2');
    expect(await settings.get('a')).toBe('2');
    const removals = await Promise.all([settings.remove('a'), settings.remove('a')]);
    expect(removals.toSorted()).toEqual([false, true]);
    expect(await settings.get('a')).toBeNull();
  });
});
