import { expect, it } from 'vitest';
import { RunStore } from '../../src/state/runs.ts';
import type { SourceFilter } from '../../src/state/source-lists.ts';
import { SourceStore } from '../../src/state/sources.ts';
import { eachDatabase } from './each-database.ts';
import { ada, StoppedClock, sampleSource, sampleStream } from './sample-state.ts';

eachDatabase('SourceStore', ({ open }) => {
  async function opened() {
    const clock = new StoppedClock();
    const database = await open({ clock });
    return {
      clock,
      database,
      store: new SourceStore(database, clock),
      runs: new RunStore(database, clock),
    };
  }

  async function namesOf(store: SourceStore, filter: Partial<SourceFilter> = {}) {
    return (await store.list({ limit: 100, ...filter })).items.map(({ name }) => name);
  }

  it('gives back what was created', async () => {
    const { store, clock } = await opened();
    const source = sampleSource({
      name: 'Grüße 🎈',
      description: 'line\nline',
      trigger: { type: 'daily', time: '06:30', timezone: 'Europe/Berlin' },
      paused: true,
      nextRunAt: '2026-01-06T05:30:00.000Z',
      timeLimitMs: 2 ** 40,
    });
    const kept = { ...source, revision: 1, createdAt: clock.text, updatedAt: clock.text };
    const first = sampleStream('chart_b', {
      title: 'B',
      folder: 'Sales',
      cacheMs: 2 ** 40,
      note: 'why',
    });
    const second = sampleStream('chart_a', { selected: false });
    expect(await store.create(source, [first, second])).toEqual(kept);
    expect(await store.get(source.id)).toEqual(kept);
    expect(await store.named('GRÜSSE 🎈'.replace('SS', 'ß'))).toEqual(kept);
    expect(await store.names()).toEqual(new Map([[source.id, source.name]]));
    const { id: sourceId } = source;
    expect(await store.streams(sourceId)).toEqual([
      { sourceId, ...first },
      { sourceId, ...second },
    ]);
    expect(await store.get('src_none')).toBeNull();
    expect(await store.named('none')).toBeNull();
  });

  it('refuses a table that belongs to another stream, and then keeps nothing', async () => {
    const { store } = await opened();
    await store.create(sampleSource({ name: 'Owner' }), [sampleStream('a', { table: 't' })]);
    const thief = sampleSource();
    await expect(
      store.create(thief, [sampleStream('x'), sampleStream('b', { table: 't' })]),
    ).rejects.toMatchObject({
      code: 'table_name_taken',
      message: 'The table raw.t belongs to stream a of source Owner.',
    });
    expect(await store.get(thief.id)).toBeNull();
    expect(await store.streams(thief.id)).toEqual([]);
    const twins = [sampleStream('c'), sampleStream('d', { table: 'c' })];
    await expect(store.create(sampleSource(), twins)).rejects.toMatchObject({
      code: 'table_name_taken',
    });
  });

  it('lets a stream that is not selected have a name that others have', async () => {
    const { store } = await opened();
    const source = sampleSource();
    await store.create(sampleSource(), [sampleStream('a', { table: 't' })]);
    await store.create(source, [
      sampleStream('b', { table: 't', selected: false }),
      sampleStream('c', { table: 't', layer: 'trusted' }),
    ]);
    await expect(store.updateStream(source.id, 'b', { selected: true })).rejects.toMatchObject({
      code: 'table_name_taken',
    });
    const moved = await store.updateStream(source.id, 'b', { selected: true, table: 'u' });
    expect(moved).toMatchObject({ selected: true, table: 'u' });
  });

  it('refuses a name that another source has, in any case', async () => {
    const { store } = await opened();
    await store.create(sampleSource({ name: 'Märkte' }), []);
    const other = await store.create(sampleSource({ name: 'Other' }), []);
    const refusal = { code: 'fields_invalid', issues: [{ path: ['name'] }] };
    await expect(store.create(sampleSource({ name: 'MÄRKTE' }), [])).rejects.toMatchObject(refusal);
    await expect(store.update(other.id, { name: 'märkte' })).rejects.toMatchObject(refusal);
    expect(await store.update(other.id, { name: 'OTHER' })).toMatchObject({ name: 'OTHER' });
  });

  it('changes what the patch names and counts revisions', async () => {
    const { store, clock } = await opened();
    const source = await store.create(sampleSource({ name: 'Old', description: 'what' }), []);
    clock.forward(1_000);
    const patch = {
      name: 'New',
      paused: true,
      trigger: { type: 'after', source_id: 'src_x' },
    } as const;
    const changed = await store.update(source.id, { ...patch, description: undefined }, 1);
    expect(changed).toEqual({ ...source, ...patch, revision: 2, updatedAt: clock.text });
    expect(await namesOf(store, { text: 'what' })).toEqual(['New']);
    expect(await namesOf(store, { text: 'old' })).toEqual([]);
    await expect(store.update(source.id, { name: 'Late' }, 1)).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(store.update('src_none', {})).rejects.toMatchObject({ code: 'not_found' });
    expect(await store.get(source.id)).toEqual(changed);
  });

  it('lets one of many succeed that change the same revision', async () => {
    const { store } = await opened();
    const { id } = await store.create(sampleSource(), []);
    const changes = Array.from({ length: 20 }, (_, index) =>
      store.update(id, { description: `change ${index}` }, 1),
    );
    const ends = await Promise.allSettled(changes);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await store.get(id)).toMatchObject({ revision: 2 });
  });

  it('lists by name, filtered', async () => {
    const { store, runs } = await opened();
    const zebra = await store.create(sampleSource({ name: 'Zebra', paused: true }), []);
    await store.create(sampleSource({ name: 'apple', description: '100%_sure' }), []);
    await store.create(sampleSource({ name: 'Banana', connector: 'other' }), []);
    const { run } = await runs.enqueue({ sourceId: zebra.id, cause: 'manual', startedBy: ada });
    expect(await namesOf(store)).toEqual(['apple', 'Banana', 'Zebra']);
    expect(await namesOf(store, { text: 'AN' })).toEqual(['Banana']);
    expect(await namesOf(store, { text: '%_' })).toEqual(['apple']);
    expect(await namesOf(store, { connector: 'other' })).toEqual(['Banana']);
    expect(await namesOf(store, { paused: true })).toEqual(['Zebra']);
    expect(await namesOf(store, { status: 'queued' })).toEqual(['Zebra']);
    await runs.requestCancel(run.id);
    expect(await namesOf(store, { status: 'queued' })).toEqual([]);
    expect(await namesOf(store, { status: 'canceled', paused: true })).toEqual(['Zebra']);
  });

  it('lists the latest runs and the number of streams of each', async () => {
    const { store, runs, clock } = await opened();
    const busy = await store.create(sampleSource({ name: 'Busy' }), [
      sampleStream('a'),
      sampleStream('b'),
      sampleStream('c', { selected: false }),
    ]);
    await store.create(sampleSource({ name: 'Idle' }), []);
    const ids: string[] = [];
    for (let count = 0; count < 12; count += 1) {
      clock.forward(1_000);
      const { run } = await runs.enqueue({ sourceId: busy.id, cause: 'manual', startedBy: ada });
      ids.unshift(run.id);
      if (count < 11) await runs.requestCancel(run.id);
    }
    const { items } = await store.list({ limit: 10 });
    expect(items[0]?.selectedStreams).toBe(2);
    expect(items[0]?.lastRun).toEqual(await runs.get(ids[0] ?? ''));
    expect(items[0]?.recentRuns.map(({ id }) => id)).toEqual(ids.slice(0, 10));
    expect(items[0]?.recentRuns[1]).toMatchObject({ status: 'canceled', startedAt: null });
    expect(items[1]).toMatchObject({ selectedStreams: 0, lastRun: null, recentRuns: [] });
  });

  it('turns pages while sources come and go', async () => {
    const { store } = await opened();
    const created = new Map<string, string>();
    for (const name of ['b', 'd', 'F', 'h', 'j']) {
      created.set(name, (await store.create(sampleSource({ name }), [])).id);
    }
    const first = await store.list({ limit: 2 });
    await store.create(sampleSource({ name: 'a' }), []);
    await store.create(sampleSource({ name: 'e' }), []);
    await store.remove(created.get('d') ?? '');
    const second = await store.list({ limit: 2, cursor: first.nextCursor ?? '' });
    const third = await store.list({ limit: 2, cursor: second.nextCursor ?? '' });
    const names = [first, second, third].map(({ items }) => items.map(({ name }) => name));
    expect(names).toEqual([
      ['b', 'd'],
      ['e', 'F'],
      ['h', 'j'],
    ]);
    expect(third.nextCursor).toBeNull();
  });

  it.each(['', 'x', 'bjph!', "n:a' or 1=1", Buffer.from('n:\0').toString('base64url')])(
    'refuses the cursor %j',
    async (cursor) => {
      const { store } = await opened();
      await expect(store.list({ limit: 2, cursor })).rejects.toMatchObject({
        code: 'request_invalid',
      });
    },
  );

  it('finds what is due', async () => {
    const { store, clock } = await opened();
    const at = (minutes: number) => new Date(clock.now() + minutes * 60_000).toISOString();
    expect(await store.nextDueAt()).toBeNull();
    const late = await store.create(sampleSource({ name: 'late', nextRunAt: at(-5) }), []);
    await store.create(sampleSource({ name: 'later', nextRunAt: at(-9) }), []);
    await store.create(sampleSource({ name: 'now', nextRunAt: at(0) }), []);
    await store.create(sampleSource({ name: 'soon', nextRunAt: at(1) }), []);
    await store.create(sampleSource({ name: 'paused', nextRunAt: at(-9), paused: true }), []);
    await store.create(sampleSource({ name: 'never' }), []);
    const due = async (limit: number) =>
      (await store.due(clock.text, limit)).map(({ name }) => name);
    expect(await due(10)).toEqual(['later', 'late', 'now']);
    expect(await due(1)).toEqual(['later']);
    expect(await store.nextDueAt()).toBe(at(-9));
    await store.setNextRun(late.id, null);
    expect(await due(10)).toEqual(['later', 'now']);
    expect(await store.get(late.id)).toMatchObject({ nextRunAt: null, revision: 1 });
  });

  it('finds the sources that run after one', async () => {
    const { store } = await opened();
    const first = await store.create(sampleSource(), []);
    const trigger = { type: 'after', source_id: first.id } as const;
    await store.create(sampleSource({ name: 'b', trigger }), []);
    await store.create(sampleSource({ name: 'a', trigger }), []);
    const third = await store.create(sampleSource({ name: 'c', trigger, paused: true }), []);
    const names = async (includePaused: boolean) =>
      (await store.after(first.id, { includePaused })).map(({ name }) => name);
    expect((await store.after(first.id)).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(await names(true)).toEqual(['a', 'b', 'c']);
    await store.update(third.id, { trigger: { type: 'manual' } });
    expect(await names(true)).toEqual(['a', 'b']);
  });

  it('adds streams behind the others, and takes them out', async () => {
    const { store } = await opened();
    const { id } = await store.create(sampleSource(), [sampleStream('b'), sampleStream('c')]);
    const names = async () => (await store.streams(id)).map(({ name }) => name);
    expect(await store.removeStream(id, 'c', { charts: ['b'] })).toBe(true);
    expect(await store.removeStream(id, 'c')).toBe(false);
    await store.addStreams(id, [sampleStream('a'), sampleStream('c')], { charts: ['b', 'a'] });
    expect(await names()).toEqual(['b', 'a', 'c']);
    expect(await store.get(id)).toMatchObject({ revision: 3, config: { charts: ['b', 'a'] } });
    await expect(store.addStreams(id, [sampleStream('a', { table: 'z' })])).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(store.addStreams('src_none', [])).rejects.toMatchObject({ code: 'not_found' });
    await expect(store.updateStream(id, 'none', {})).rejects.toMatchObject({ code: 'not_found' });
    expect(await names()).toEqual(['b', 'a', 'c']);
  });

  it('keeps a stream in its place when it changes', async () => {
    const { store } = await opened();
    const { id } = await store.create(sampleSource(), [sampleStream('a'), sampleStream('b')]);
    const changed = await store.updateStream(id, 'a', { title: 'T', folder: 'F', note: 'N' });
    expect(await store.updateStream(id, 'a', { folder: null })).toEqual({
      ...changed,
      folder: null,
    });
    expect((await store.streams(id)).map(({ name, title }) => [name, title])).toEqual([
      ['a', 'T'],
      ['b', null],
    ]);
  });

  it('knows the folders that selected streams are in', async () => {
    const { store } = await opened();
    const places = [
      { layer: 'raw', folder: 'growth' },
      { layer: 'raw', folder: 'growth' },
      { layer: 'trusted', folder: 'growth' },
      { layer: 'raw', folder: null },
      { layer: 'raw', folder: 'nobody', selected: false },
    ];
    await store.create(
      sampleSource(),
      places.map((place, at) => sampleStream(`chart_${at}`, place)),
    );
    expect(new Set(await store.chosenFolders())).toEqual(
      new Set([
        { layer: 'raw', folder: 'growth' },
        { layer: 'trusted', folder: 'growth' },
      ]),
    );
  });

  it('knows the notes of selected streams, and the streams of many tables', async () => {
    const { store } = await opened();
    await store.create(sampleSource({ name: 'S' }), [
      sampleStream('a', { note: 'For the board' }),
      sampleStream('b', { layer: 'trusted' }),
      sampleStream('c', { note: 'Nobody reads it', selected: false }),
    ]);
    expect(await store.notes()).toEqual([{ layer: 'raw', table: 'a', note: 'For the board' }]);
    const places = ['raw.a', 'trusted.a', 'trusted.b', 'raw.c'].map((name) => {
      const [layer = '', table = ''] = name.split('.');
      return { layer, table };
    });
    const streams = await store.streamsOfTables(places);
    expect(streams.map(({ layer, name, sourceName }) => [layer, name, sourceName])).toEqual([
      ['raw', 'a', 'S'],
      ['trusted', 'b', 'S'],
    ]);
    expect(await store.streamsOfTables([])).toEqual([]);
  });

  it('knows which stream fills a table, and moves tables and layers', async () => {
    const { store } = await opened();
    const source = await store.create(sampleSource({ name: 'S' }), [
      sampleStream('a'),
      sampleStream('b'),
      sampleStream('c', { selected: false }),
    ]);
    const owner = async (layer: string, table: string) =>
      (await store.streamOfTable({ layer, table }))?.name ?? null;
    expect(await store.streamOfTable({ layer: 'raw', table: 'a' })).toMatchObject({
      sourceId: source.id,
      sourceName: 'S',
      name: 'a',
    });
    expect(await owner('raw', 'c')).toBeNull();
    const a = { layer: 'raw', table: 'a' };
    await expect(store.moveTable(a, { layer: 'raw', table: 'b' })).rejects.toMatchObject({
      code: 'table_name_taken',
      message: 'The table raw.b belongs to stream b of source S.',
    });
    expect(await store.moveTable(a, { layer: 'trusted', table: 'b' })).toBe(true);
    expect(await store.moveTable(a, { layer: 'trusted', table: 'x' })).toBe(false);
    expect(await store.layerUsers('raw')).toBe(1);
    await expect(store.renameLayer('raw', 'trusted')).rejects.toMatchObject({
      code: 'table_name_taken',
    });
    expect(await store.renameLayer('raw', 'rough')).toBe(2);
    expect(await owner('rough', 'b')).toBe('b');
    expect(await store.layerUsers('raw')).toBe(0);
    expect((await store.allStreams()).map(({ layer, table }) => `${layer}.${table}`)).toEqual([
      'trusted.b',
      'rough.b',
      'rough.c',
    ]);
  });

  it('removes a source with its streams and runs', async () => {
    const { store, runs } = await opened();
    const { id } = await store.create(sampleSource(), [sampleStream('a')]);
    const { run } = await runs.enqueue({ sourceId: id, cause: 'manual', startedBy: ada });
    expect(await store.remove(id)).toBe(true);
    expect(await store.remove(id)).toBe(false);
    expect(await store.streams(id)).toEqual([]);
    expect(await runs.get(run.id)).toBeNull();
  });

  it('takes names that look like SQL for names', async () => {
    const { store } = await opened();
    const name = `'; drop table sources; -- \\ %`;
    await store.create(sampleSource({ name }), [sampleStream(name, { note: name })]);
    expect(await namesOf(store, { text: name })).toEqual([name]);
  });
});
