import { expect, it } from 'vitest';
import type { RunRecord } from '../../src/state/run-record.ts';
import { RunStore } from '../../src/state/runs.ts';
import { SourceStore } from '../../src/state/sources.ts';
import { eachDatabase } from './each-database.ts';
import { ada, StoppedClock, sampleSource } from './sample-state.ts';

const LEASE_MS = 30_000;
const ANY = { perGroup: 100 };

eachDatabase('the queue of runs', ({ open, place }) => {
  async function opened() {
    const clock = new StoppedClock();
    const where = await place();
    const database = await open({ clock, place: where });
    const runs = new RunStore(database, clock);
    const sources = new SourceStore(database, clock);
    const addSource = async (limitGroup: string) =>
      (await sources.create(sampleSource({ limitGroup }), [])).id;
    return {
      clock,
      where,
      runs,
      addSource,
      async queued(limitGroup = 'key'): Promise<RunRecord> {
        const sourceId = await addSource(limitGroup);
        clock.forward(1);
        return (await runs.enqueue({ sourceId, cause: 'manual', startedBy: ada })).run;
      },
      claimed: async (owner: string) => (await runs.claim(owner, LEASE_MS, ANY))?.id ?? null,
    };
  }

  it('queues what was asked for', async () => {
    const { runs, addSource, clock } = await opened();
    const sourceId = await addSource('key');
    const request = {
      sourceId,
      cause: 'retry',
      startedBy: ada,
      retryOf: 'run_before',
      streams: ['chart_a'],
      scheduledFor: clock.text,
    } as const;
    const { run, created } = await runs.enqueue(request);
    expect(created).toBe(true);
    expect(run).toEqual({
      ...request,
      id: run.id,
      status: 'queued',
      queuedAt: clock.text,
      startedAt: null,
      endedAt: null,
      attempt: 0,
      error: null,
    });
    expect(await runs.get(run.id)).toEqual(run);
    expect(await runs.enqueue({ ...request, streams: null })).toEqual({ run, created: false });
    const nowhere = runs.enqueue({ ...request, sourceId: 'src_none' });
    await expect(nowhere).rejects.toMatchObject({ code: 'not_found' });
  });

  it('makes one run of fifty requests at once', async () => {
    const { runs, addSource, where, clock, claimed } = await opened();
    // Half of them come through a connection of its own, as from another process.
    const others = new RunStore(await open({ clock, place: where }), clock);
    const sourceId = await addSource('key');
    const ask = () =>
      Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          (index % 2 ? runs : others).enqueue({ sourceId, cause: 'schedule', startedBy: ada }),
        ),
      );
    for (let round = 1; round <= 3; round += 1) {
      const answers = await ask();
      expect(answers.filter(({ created }) => created)).toHaveLength(1);
      expect(new Set(answers.map(({ run }) => run.id)).size).toBe(1);
      const { items } = await runs.list({ limit: 100 });
      expect(items).toHaveLength(round);
      const id = await claimed('me');
      await runs.finish(id ?? '', 'me', { status: 'success', error: null });
    }
  });

  it('gives a run to one of many that want it', async () => {
    const { runs, queued, where, clock } = await opened();
    const others = new RunStore(await open({ clock, place: where }), clock);
    const ids = new Set<string>();
    for (let count = 0; count < 12; count += 1) ids.add((await queued(`key ${count % 3}`)).id);
    const claims = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 ? runs : others).claim(`owner ${index}`, LEASE_MS, ANY),
      ),
    );
    const taken = claims.flatMap((run) => (run ? [run.id] : []));
    expect(taken).toHaveLength(12);
    expect(new Set(taken)).toEqual(ids);
  });

  it('never lets a group have more than its share, whoever claims at the same time', async () => {
    const { runs, queued, where, clock } = await opened();
    const others = new RunStore(await open({ clock, place: where }), clock);
    for (let count = 0; count < 10; count += 1) await queued('big');
    for (let count = 0; count < 3; count += 1) await queued('small');
    const claims = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 ? runs : others).claim(`owner ${index}`, LEASE_MS, { perGroup: 2 }),
      ),
    );
    expect(claims.filter((run) => run !== null)).toHaveLength(4);
    expect(await runs.queue()).toMatchObject({ queued: 9, running: 4 });
  });

  it('takes turns between groups, and in a group the oldest first', async () => {
    const { runs, queued, claimed } = await opened();
    const [a1, a2, a3] = [await queued('a'), await queued('a'), await queued('a')];
    const [b1, b2] = [await queued('b'), await queued('b')];
    const order = [];
    for (let count = 0; count < 5; count += 1) order.push(await claimed('me'));
    expect(order).toEqual([a1, b1, a2, b2, a3].map(({ id }) => id));
    expect(await claimed('me')).toBeNull();
    // A run that is canceling still asks its source for data.
    await runs.requestCancel(b1.id);
    const [, b3] = [await queued('a'), await queued('b')];
    expect((await runs.claim('me', LEASE_MS, { perGroup: 2 }))?.id).toBeUndefined();
    expect((await runs.claim('me', LEASE_MS, { perGroup: 3 }))?.id).toBe(b3.id);
  });

  it('does not count runs that make way for others', async () => {
    const { runs, queued, claimed } = await opened();
    const [first, second] = [await queued('a'), await queued('a')];
    expect(await claimed('me')).toBe(first.id);
    expect(await runs.claim('me', LEASE_MS, { perGroup: 1 })).toBeNull();
    const limits = { perGroup: 1, besides: [first.id] };
    expect((await runs.claim('me', LEASE_MS, limits))?.id).toBe(second.id);
    await queued('a');
    expect(await runs.claim('me', LEASE_MS, limits)).toBeNull();
  });

  it('starts a run once, however often it is taken up', async () => {
    const { runs, queued, clock, claimed } = await opened();
    const { id } = await queued();
    clock.forward(1_000);
    const startedAt = clock.text;
    const first = await runs.claim('me', LEASE_MS, ANY);
    expect(first).toMatchObject({ id, status: 'running', startedAt, attempt: 1 });
    clock.forward(1_000);
    expect(await runs.requeue(id, 'other')).toBe(false);
    expect(await runs.requeue(id, 'me')).toBe(true);
    expect(await runs.requeue(id, 'me')).toBe(false);
    expect(await runs.get(id)).toMatchObject({ status: 'queued', startedAt, attempt: 1 });
    expect(await claimed('me')).toBe(id);
    expect(await runs.get(id)).toMatchObject({ status: 'running', startedAt, attempt: 2 });
  });

  it('ends a run for its owner only, and once', async () => {
    const { runs, queued, clock, claimed } = await opened();
    const { id } = await queued();
    await claimed('me');
    clock.forward(5_000);
    const end = {
      status: 'failed',
      error: { code: 'internal', message: 'what', help: 'how' },
    } as const;
    expect(await runs.finish(id, 'other', end)).toBe(false);
    expect(await runs.get(id)).toMatchObject({ status: 'running', endedAt: null });
    expect(await runs.finish(id, 'me', end)).toBe(true);
    expect(await runs.get(id)).toMatchObject({ ...end, endedAt: clock.text });
    expect(await runs.finish(id, 'me', { status: 'success', error: null })).toBe(false);
    expect(await runs.get(id)).toMatchObject(end);
  });

  it('takes a run from an owner that says nothing, who then changes it no more', async () => {
    const { runs, queued, clock, claimed } = await opened();
    const { id } = await queued();
    await claimed('dead');
    clock.forward(LEASE_MS);
    expect(await runs.expired(clock.text)).toEqual([]);
    expect(await runs.renew('dead', LEASE_MS)).toEqual([{ id, status: 'running' }]);
    clock.forward(LEASE_MS + 1);
    expect(await runs.expired(clock.text)).toEqual([id]);
    expect(await runs.expired(clock.text)).toEqual([]);
    expect(await claimed('alive')).toBe(id);
    expect(await runs.renew('dead', LEASE_MS)).toEqual([]);
    const end = { status: 'success', error: null } as const;
    expect(await runs.finish(id, 'dead', end)).toBe(false);
    expect(await runs.requeue(id, 'dead')).toBe(false);
    expect(await runs.finish(id, 'alive', end)).toBe(true);
  });

  it('takes up at its start what others left, and nothing of its own', async () => {
    const { runs, queued, clock, claimed } = await opened();
    const [going, canceling, own] = [await queued('a'), await queued('b'), await queued('c')];
    const waiting = await queued('d');
    await claimed('dead');
    await claimed('dead');
    await claimed('me');
    await runs.requestCancel(canceling.id);
    clock.forward(1_000);
    const taken = await runs.reclaim('me');
    expect(taken.toSorted()).toEqual([going.id, canceling.id].toSorted());
    const status = async ({ id }: RunRecord) => (await runs.get(id))?.status;
    expect(await status(going)).toBe('queued');
    expect(await runs.get(canceling.id)).toMatchObject({ status: 'canceled', endedAt: clock.text });
    expect(await status(own)).toBe('running');
    expect(await status(waiting)).toBe('queued');
    expect(await runs.reclaim('me')).toEqual([]);
  });

  it('cancels what waits at once, and asks what runs to end', async () => {
    const { runs, queued, clock, claimed } = await opened();
    const [running, waiting] = [await queued('a'), await queued('b')];
    await claimed('me');
    const canceled = { status: 'canceled', endedAt: clock.text, startedAt: null };
    expect(await runs.requestCancel(waiting.id)).toMatchObject(canceled);
    expect(await runs.requestCancel(running.id)).toMatchObject({
      status: 'canceling',
      endedAt: null,
    });
    expect(await runs.requestCancel(running.id)).toMatchObject({ status: 'canceling' });
    expect(await runs.renew('me', LEASE_MS)).toEqual([{ id: running.id, status: 'canceling' }]);
    expect(await claimed('me')).toBeNull();
    expect(await runs.requeue(running.id, 'me')).toBe(true);
    expect(await runs.get(running.id)).toMatchObject({ status: 'canceled', endedAt: clock.text });
    clock.forward(1_000);
    expect(await runs.requestCancel(waiting.id)).toMatchObject(canceled);
    await expect(runs.requestCancel('run_none')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('never both runs and cancels at once', async () => {
    const { runs, queued } = await opened();
    for (let round = 0; round < 10; round += 1) {
      const { id } = await queued(`key ${round}`);
      const [taken, asked] = await Promise.all([
        runs.claim('me', LEASE_MS, ANY),
        runs.requestCancel(id),
      ]);
      const { status } = asked;
      expect(taken === null ? ['canceled'] : ['canceling']).toContain(status);
      await runs.finish(id, 'me', { status: 'canceled', error: null });
      expect(await runs.get(id)).toMatchObject({ status: 'canceled' });
    }
  });

  it('knows what waits and what goes on', async () => {
    const { runs, queued, claimed } = await opened();
    expect(await runs.queue()).toEqual({ queued: 0, running: 0, oldestQueuedAt: null });
    const [first, second] = [await queued('a'), await queued('b')];
    await queued('c');
    await claimed('me');
    await runs.requestCancel(first.id);
    expect(await runs.queue()).toEqual({
      queued: 2,
      running: 1,
      oldestQueuedAt: second.queuedAt,
    });
    expect(await runs.statusCounts()).toEqual({
      queued: 2,
      running: 0,
      success: 0,
      partial: 0,
      failed: 0,
      canceling: 1,
      canceled: 0,
    });
  });
});
