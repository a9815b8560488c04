import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { ChartliftError } from '../../src/errors.ts';
import type { RunHandler, RunOutcome } from '../../src/jobs/worker.ts';
import { eachDatabase } from '../state/each-database.ts';
import { storesOf, unreliable, workerOn } from './set-up.ts';

const SUCCESS: RunOutcome = { status: 'success', error: null };

const succeed: RunHandler = async () => SUCCESS;

/** Ends only when it is told to. */
const obedient: RunHandler = (_, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

/** A handler whose runs end when the test says so. */
function heldHandler() {
  const held = new Map<string, (outcome: RunOutcome) => void>();
  const order: string[] = [];
  const handler: RunHandler = (run) => {
    order.push(run.sourceId);
    return new Promise((resolve) => held.set(run.id, resolve));
  };
  function endAll() {
    for (const end of held.values()) end(SUCCESS);
    held.clear();
  }
  return { handler, held, order, endAll };
}

eachDatabase('a worker', ({ open }) => {
  it('does what is queued, and tells the end', async () => {
    const { runs, addSource, queueRun, stored } = storesOf(await open());
    const { worker, ended } = workerOn(runs, succeed);
    const id = await queueRun(await addSource());
    worker.start();
    await vi.waitFor(() => expect(ended).toHaveLength(1));
    expect(ended[0]).toEqual(await stored(id));
    expect(ended[0]).toMatchObject({ id, status: 'success', attempt: 1, error: null });
  });

  it('is woken within milliseconds', async () => {
    const { runs, addSource, queueRun } = storesOf(await open());
    const { worker, ended } = workerOn(runs, succeed);
    worker.start();
    await delay(50);
    await queueRun(await addSource());
    const before = performance.now();
    worker.wake();
    await vi.waitFor(() => expect(ended).toHaveLength(1), { interval: 5 });
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('finds what another process queued', async () => {
    const { runs, addSource, queueRun } = storesOf(await open());
    const { worker, ended } = workerOn(runs, succeed, { pollMs: 50 });
    worker.start();
    await delay(20);
    await queueRun(await addSource());
    await vi.waitFor(() => expect(ended).toHaveLength(1));
  });

  it('does so many at once, so many of a group, and shares its places between groups', async () => {
    const { runs, addSource, queueRun } = storesOf(await open());
    const names = new Map<string, string>();
    for (const group of ['a', 'a', 'a', 'a', 'b', 'c']) {
      const id = await addSource({ group });
      names.set(id, group);
      await queueRun(id);
    }
    const { handler, order, endAll } = heldHandler();
    const { worker, ended } = workerOn(runs, handler, { concurrency: 4, perGroup: 2 });
    worker.start();
    await vi.waitFor(() => expect(order).toHaveLength(4));
    await delay(50);
    expect(order.map((id) => names.get(id))).toEqual(['a', 'b', 'c', 'a']);
    endAll();
    await vi.waitFor(() => expect(order).toHaveLength(6));
    endAll();
    await vi.waitFor(() => expect(ended).toHaveLength(6));
  });

  it('takes the next of a group when one makes way, and has no more than twice as many at all', async () => {
    const { runs, addSource, queueRun } = storesOf(await open());
    for (let count = 0; count < 8; count += 1) await queueRun(await addSource({ group: 'key' }));
    const { handler, order, endAll } = heldHandler();
    const ways: (() => void)[] = [];
    const { worker, ended } = workerOn(
      runs,
      (run, context) => {
        ways.push(context.makeWay);
        return handler(run, context);
      },
      { concurrency: 3, perGroup: 2 },
    );
    worker.start();
    await vi.waitFor(() => expect(order).toHaveLength(2));
    for (let count = 3; count <= 6; count += 1) {
      ways.shift()?.();
      await vi.waitFor(() => expect(order).toHaveLength(count));
    }
    ways.shift()?.();
    await delay(50);
    expect(order).toHaveLength(6);
    endAll();
    await vi.waitFor(() => expect(order).toHaveLength(8));
    endAll();
    await vi.waitFor(() => expect(ended).toHaveLength(8));
  });

  it('stores what a handler throws as the error of the run', async () => {
    const { runs, addSource, queueRun, stored } = storesOf(await open());
    const { worker, ended } = workerOn(runs, async () => {
      throw new ChartliftError('secret_key_wrong', 'No.', 'Give another.');
    });
    const id = await queueRun(await addSource());
    worker.start();
    await vi.waitFor(() => expect(ended).toHaveLength(1));
    expect(await stored(id)).toMatchObject({
      status: 'failed',
      error: { code: 'secret_key_wrong', message: 'No.', help: 'Give another.' },
    });
  });

  it('goes on when what follows an end goes wrong', async () => {
    const { runs, addSource, queueRun } = storesOf(await open());
    const onEnded = vi.fn(() => Promise.reject(new Error('no')));
    const { worker, lines } = workerOn(runs, succeed, { onEnded });
    await queueRun(await addSource());
    await queueRun(await addSource());
    worker.start();
    await vi.waitFor(() => expect(onEnded).toHaveBeenCalledTimes(2));
    await vi.waitFor(() => expect(lines.join('')).toContain('went wrong'));
  });

  it('lets others work while it goes through a long queue of short runs', async () => {
    const { runs, addSource, queueRun } = storesOf(await open());
    for (let n = 0; n < 60; n += 1) await queueRun(await addSource());
    const { worker, ended } = workerOn(runs, succeed);
    let turns = 0;
    const others = setInterval(() => {
      turns += 1;
    }, 0);
    worker.start();
    await vi.waitFor(() => expect(ended).toHaveLength(60), { timeout: 10_000 });
    clearInterval(others);
    expect(turns).toBeGreaterThan(20);
  });

  it('ends a run that takes too long', async () => {
    const { runs, addSource, queueRun, stored } = storesOf(await open());
    const { worker, ended } = workerOn(runs, obedient, { limitOf: async () => 30 });
    const id = await queueRun(await addSource());
    worker.start();
    await vi.waitFor(() => expect(ended).toHaveLength(1));
    expect(await stored(id)).toMatchObject({
      status: 'failed',
      error: { code: 'run_time_limit' },
    });
  });
});

eachDatabase('canceling', ({ open }) => {
  it('ends a run within milliseconds', async () => {
    const { runs, addSource, queueRun, stored } = storesOf(await open());
    const handler = vi.fn(obedient);
    const { worker, ended } = workerOn(runs, handler);
    const id = await queueRun(await addSource());
    worker.start();
    await vi.waitFor(() => expect(handler).toHaveBeenCalled());
    await runs.requestCancel(id);
    const before = performance.now();
    worker.cancel(id);
    await vi.waitFor(() => expect(ended).toHaveLength(1), { interval: 5 });
    expect(performance.now() - before).toBeLessThan(500);
    expect(await stored(id)).toMatchObject({ status: 'canceled', error: null });
  });

  it('is noticed when another process stored it', async () => {
    const { runs, addSource, queueRun, stored } = storesOf(await open());
    const handler = vi.fn(obedient);
    const { worker, ended } = workerOn(runs, handler, { leaseMs: 150 });
    const id = await queueRun(await addSource());
    worker.start();
    await vi.waitFor(() => expect(handler).toHaveBeenCalled());
    await runs.requestCancel(id);
    await vi.waitFor(() => expect(ended).toHaveLength(1));
    expect((await stored(id)).status).toBe('canceled');
  });

  it('while the run is being taken is not lost', async () => {
    const { runs, addSource, queueRun, stored } = storesOf(await open());
    const handler = vi.fn(obedient);
    let worker: ReturnType<typeof workerOn>['worker'] | null = null;
    const slow: typeof runs = new Proxy(runs, {
      get(target, name) {
        if (name !== 'claim') {
          const value: unknown = Reflect.get(target, name, target);
          return typeof value === 'function' ? value.bind(target) : value;
        }
        return async (...args: Parameters<typeof runs.claim>) => {
          const run = await target.claim(...args);
          if (run !== null) {
            await target.requestCancel(run.id);
            worker?.cancel(run.id);
          }
          return run;
        };
      },
    });
    const set = workerOn(slow, handler);
    worker = set.worker;
    const id = await queueRun(await addSource());
    worker.start();
    await vi.waitFor(() => expect(set.ended).toHaveLength(1));
    expect(handler).not.toHaveBeenCalled();
    expect((await stored(id)).status).toBe('canceled');
  });

  it('does not wait for a handler that does not listen, whose result is refused', async () => {
    const { runs, addSource, queueRun, stored } = storesOf(await open());
    const { handler, held, endAll } = heldHandler();
    const { worker, ended, lines } = workerOn(runs, handler);
    const id = await queueRun(await addSource());
    worker.start();
    await vi.waitFor(() => expect(held.size).toBe(1));
    await runs.requestCancel(id);
    worker.cancel(id);
    await vi.waitFor(() => expect(ended).toHaveLength(1));
    endAll();
    await vi.waitFor(() => expect(lines.join('')).toContain('after its run was given up'));
    expect((await stored(id)).status).toBe('canceled');
    expect(ended).toHaveLength(1);
  });
});

eachDatabase('stopping', ({ open }) => {
  it('waits for what is under way, and takes no more', async () => {
    const { runs, addSource, queueRun, stored } = storesOf(await open());
    const slow = vi.fn<RunHandler>(async () => {
      await delay(100);
      return SUCCESS;
    });
    const { worker, ended } = workerOn(runs, slow, { concurrency: 1 });
    const first = await queueRun(await addSource());
    const second = await queueRun(await addSource());
    worker.start();
    await vi.waitFor(() => expect(slow).toHaveBeenCalled());
    await worker.stop({ withinMs: 10_000 });
    expect(ended.map(({ id }) => id)).toEqual([first]);
    expect((await stored(second)).status).toBe('queued');
  });

  it('queues again what does not end in time; the next start goes on with it', async () => {
    const { runs, addSource, queueRun, stored } = storesOf(await open());
    const handler = vi.fn(obedient);
    const first = workerOn(runs, handler);
    const id = await queueRun(await addSource());
    first.worker.start();
    await vi.waitFor(() => expect(handler).toHaveBeenCalled());
    const before = performance.now();
    await first.worker.stop({ withinMs: 200 });
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(first.ended).toEqual([]);
    expect((await stored(id)).status).toBe('queued');
    const second = workerOn(runs, succeed);
    second.worker.start();
    await vi.waitFor(() => expect(second.ended).toHaveLength(1));
    expect(await stored(id)).toMatchObject({ status: 'success', attempt: 2 });
  });

  it('is over in time even if a handler does not listen', async () => {
    const { runs, addSource, queueRun, stored } = storesOf(await open());
    const { handler, held, endAll } = heldHandler();
    const { worker, ended } = workerOn(runs, handler);
    const id = await queueRun(await addSource());
    worker.start();
    await vi.waitFor(() => expect(held.size).toBe(1));
    await worker.stop({ withinMs: 200 });
    endAll();
    await delay(10);
    expect(ended).toEqual([]);
    expect((await stored(id)).status).toBe('queued');
  });

  it('cancels what was to be canceled, rather than queue it again', async () => {
    const { runs, addSource, queueRun, stored } = storesOf(await open());
    const handler = vi.fn(obedient);
    const { worker } = workerOn(runs, handler);
    const id = await queueRun(await addSource());
    worker.start();
    await vi.waitFor(() => expect(handler).toHaveBeenCalled());
    await runs.requestCancel(id);
    await worker.stop({ withinMs: 150 });
    expect((await stored(id)).status).toBe('canceled');
  });

  it('is fine for a worker that never started, and twice', async () => {
    const { runs } = storesOf(await open());
    const { worker } = workerOn(runs, succeed);
    await worker.stop({ withinMs: 1_000 });
    await worker.stop({ withinMs: 1_000 });
  });
});

eachDatabase('leases', ({ open }) => {
  it('are renewed as long as a run takes', async () => {
    const { runs, addSource, queueRun, stored } = storesOf(await open());
    const { handler, held, endAll } = heldHandler();
    const { worker, ended } = workerOn(runs, handler, { leaseMs: 900 });
    const other = workerOn(runs, succeed, { leaseMs: 900, pollMs: 20 });
    const id = await queueRun(await addSource());
    worker.start();
    await vi.waitFor(() => expect(held.size).toBe(1));
    other.worker.start();
    await delay(2_500);
    endAll();
    await vi.waitFor(() => expect(ended).toHaveLength(1));
    expect(other.ended).toEqual([]);
    expect(await stored(id)).toMatchObject({ status: 'success', attempt: 1 });
  });

  it('that run out let another worker go on; the first one notices and is refused', async () => {
    const { runs, addSource, queueRun, stored } = storesOf(await open());
    let isCut = false;
    const first = heldHandler();
    const reasons: unknown[] = [];
    const holds: RunHandler = (run, context) => {
      context.signal.addEventListener('abort', () => reasons.push(context.signal.reason));
      return first.handler(run, context);
    };
    // A process that cannot reach the database for longer than its lease.
    const cutOff = unreliable(runs, ['renew', 'get', 'expired', 'claim'], () => isCut);
    const lost = workerOn(cutOff, holds, { leaseMs: 150, graceMs: 5_000 });
    const id = await queueRun(await addSource());
    lost.worker.start();
    await vi.waitFor(() => expect(first.held.size).toBe(1));
    isCut = true;
    const second = heldHandler();
    const heir = workerOn(runs, second.handler, { leaseMs: 150, pollMs: 20 });
    heir.worker.start();
    await vi.waitFor(() => expect(second.held.size).toBe(1));
    isCut = false;
    await vi.waitFor(() => expect(reasons).toHaveLength(1));
    expect(reasons[0]).toMatchObject({ code: 'interrupted' });
    first.endAll();
    await delay(20);
    expect(lost.ended).toEqual([]);
    expect(await stored(id)).toMatchObject({ status: 'running', attempt: 2 });
    second.endAll();
    await vi.waitFor(() => expect(heir.ended).toHaveLength(1));
    expect(await stored(id)).toMatchObject({ status: 'success', attempt: 2 });
  });
});

eachDatabase('two workers on one database', ({ open, place }) => {
  it('never do one run twice', async () => {
    const where = await place();
    const one = storesOf(await open({ place: where }));
    const two = storesOf(await open({ place: where }));
    const done: string[] = [];
    const underWay = new Set<string>();
    const handler: RunHandler = async (run) => {
      expect(underWay.has(run.sourceId)).toBe(false);
      underWay.add(run.sourceId);
      await delay(Math.random() * 10);
      underWay.delete(run.sourceId);
      done.push(run.id);
      return SUCCESS;
    };
    const ids = [];
    for (let n = 0; n < 60; n += 1) {
      ids.push(await one.queueRun(await one.addSource({ group: `group ${n % 7}` })));
    }
    const workers = [workerOn(one.runs, handler), workerOn(two.runs, handler)];
    for (const { worker } of workers) worker.start();
    await vi.waitFor(() => expect(done.length).toBeGreaterThanOrEqual(60), { timeout: 20_000 });
    await Promise.all(workers.map(({ worker }) => worker.stop({ withinMs: 5_000 })));
    expect(done.toSorted()).toEqual(ids.toSorted());
    expect(workers.flatMap(({ ended }) => ended.map(({ attempt }) => attempt))).toEqual(
      Array(60).fill(1),
    );
    for (const { ended } of workers) expect(ended.length).toBeGreaterThan(0);
  });
});

eachDatabase('a database that is away for a while', ({ open }) => {
  it('stops nothing for good: each run is done once, and its end is stored', async () => {
    const { runs, addSource, queueRun, stored } = storesOf(await open());
    let calls = 0;
    const flaky = unreliable(
      runs,
      ['claim', 'renew', 'finish', 'get', 'expired'],
      () => ++calls % 3 === 0,
    );
    const handler = vi.fn(succeed);
    let asked = 0;
    const { worker, ended, lines } = workerOn(flaky, handler, {
      leaseMs: 3_000,
      limitOf: async () => {
        asked += 1;
        if (asked % 2 === 1) throw new Error('limitOf: the database is away');
        return 60_000;
      },
    });
    const ids = [];
    for (let n = 0; n < 4; n += 1) ids.push(await queueRun(await addSource()));
    worker.start();
    await vi.waitFor(() => expect(ended).toHaveLength(4), { timeout: 20_000 });
    expect(handler).toHaveBeenCalledTimes(4);
    for (const id of ids) expect((await stored(id)).status).toBe('success');
    expect(lines.join('')).toContain('trying again');
  });

  it('for ever does not keep the worker from stopping', async () => {
    const { runs, addSource, queueRun, stored } = storesOf(await open());
    let isDown = false;
    const { worker } = workerOn(
      unreliable(runs, ['finish', 'claim', 'renew', 'expired', 'requeue'], () => isDown),
      async () => {
        isDown = true;
        return SUCCESS;
      },
    );
    const id = await queueRun(await addSource());
    worker.start();
    await vi.waitFor(() => expect(isDown).toBe(true));
    const before = performance.now();
    await worker.stop({ withinMs: 300 });
    expect(performance.now() - before).toBeLessThan(2_000);
    // It is found by its lease, or at the next start.
    expect((await stored(id)).status).toBe('running');
    expect(await runs.reclaim('next process')).toEqual([id]);
  });
});
