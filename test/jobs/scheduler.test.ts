import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, it, vi } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.ts';
import { createScheduler, type SchedulerOptions } from '../../src/jobs/scheduler.ts';
import type { RunHandler } from '../../src/jobs/worker.ts';
import type { Database } from '../../src/state/database.ts';
import { newId } from '../../src/state/id.ts';
import { sourceRow } from '../../src/state/source-rows.ts';
import type { Trigger } from '../../src/state/trigger.ts';
import { eachDatabase } from '../state/each-database.ts';
import { listeningLogger, SOURCE, storesOf, unreliable, workerOn } from './set-up.ts';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-03-02T12:00:00.000Z');

const hourly: Trigger = { type: 'hourly', minute: 0, timezone: 'UTC' };

/** The system's clock, put to another time. */
function shiftedClock(start: number) {
  let shift = start - Date.now();
  const clock: Clock = { now: () => Date.now() + shift, sleep: systemClock.sleep };
  function pass(ms: number): void {
    shift += ms;
  }
  return { clock, shift: pass };
}

function setUp(database: Database, options: Partial<SchedulerOptions> = {}) {
  const { clock, shift } = shiftedClock(NOON);
  const stores = storesOf(database, clock);
  const { logger, lines } = listeningLogger();
  const { sources, runs } = stores;
  const wake = vi.fn();
  const scheduler = createScheduler({ sources, runs, clock, wake, logger, ...options });
  async function runsOf(sourceId: string) {
    const { items } = await runs.list({ sourceId, limit: 100 });
    return items;
  }
  return { ...stores, scheduler, wake, lines, clock, shift, runsOf };
}

eachDatabase('a tick', ({ open }) => {
  it('queues what is due and says when it is due next', async () => {
    const { scheduler, sources, addSource, runsOf, wake } = setUp(await open());
    const due = await addSource({ trigger: hourly, nextRunAt: '2026-03-02T12:00:00.000Z' });
    const later = await addSource({ trigger: hourly, nextRunAt: '2026-03-02T13:00:00.000Z' });
    const paused = await addSource({
      trigger: hourly,
      nextRunAt: '2026-03-02T12:00:00.000Z',
      paused: true,
    });
    expect(await scheduler.tick()).toEqual({
      due: 1,
      queued: 1,
      coalesced: 0,
      changed: 0,
      failed: 0,
    });
    expect(wake).toHaveBeenCalledTimes(1);
    expect(await runsOf(due)).toMatchObject([
      {
        status: 'queued',
        cause: 'schedule',
        startedBy: { type: 'system', id: 'schedule' },
        scheduledFor: '2026-03-02T12:00:00.000Z',
      },
    ]);
    expect(await runsOf(later)).toEqual([]);
    expect(await runsOf(paused)).toEqual([]);
    expect((await sources.get(due))?.nextRunAt).toBe('2026-03-02T13:00:00.000Z');
    expect(await scheduler.tick()).toMatchObject({ due: 0 });
  });

  it('runs once what was missed many times', async () => {
    const { scheduler, sources, addSource, runsOf } = setUp(await open());
    const id = await addSource({ trigger: hourly, nextRunAt: '2026-02-27T05:00:00.000Z' });
    await scheduler.tick();
    await scheduler.tick();
    expect(await runsOf(id)).toHaveLength(1);
    expect((await sources.get(id))?.nextRunAt).toBe('2026-03-02T13:00:00.000Z');
  });

  it('lets a run that is active stand for the one that is due', async () => {
    const { scheduler, sources, addSource, queueRun, runsOf } = setUp(await open());
    const id = await addSource({ trigger: hourly, nextRunAt: '2026-03-02T12:00:00.000Z' });
    const active = await queueRun(id);
    expect(await scheduler.tick()).toEqual({
      due: 1,
      queued: 0,
      coalesced: 1,
      changed: 0,
      failed: 0,
    });
    expect((await runsOf(id)).map((run) => run.id)).toEqual([active]);
    expect((await sources.get(id))?.nextRunAt).toBe('2026-03-02T13:00:00.000Z');
  });

  it('is not stopped by one source that cannot be queued', async () => {
    const database = await open();
    let failing = '';
    const { runs } = storesOf(database);
    const picky: typeof runs = new Proxy(runs, {
      get(target, name) {
        if (name === 'enqueue') {
          return (request: Parameters<typeof runs.enqueue>[0]) =>
            request.sourceId === failing
              ? Promise.reject(new Error('no'))
              : target.enqueue(request);
        }
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const { scheduler, addSource, runsOf, lines } = setUp(database, { runs: picky });
    failing = await addSource({ trigger: hourly, nextRunAt: '2026-03-02T11:00:00.000Z' });
    const good = await addSource({ trigger: hourly, nextRunAt: '2026-03-02T12:00:00.000Z' });
    expect(await scheduler.tick()).toMatchObject({ due: 2, queued: 1, failed: 1 });
    expect(await runsOf(good)).toHaveLength(1);
    expect(lines.join('')).toContain('could not queue a due source');
  });

  it('leaves alone what was changed after it was found due', async () => {
    const database = await open();
    const { sources } = storesOf(database);
    const late: typeof sources = new Proxy(sources, {
      get(target, name) {
        if (name === 'due') {
          return async (...args: Parameters<typeof sources.due>) => {
            const due = await target.due(...args);
            const [paused, moved, removed] = due.map(({ id }) => id);
            if (paused) await target.update(paused, { paused: true });
            if (moved) await target.update(moved, { nextRunAt: '2026-03-03T09:00:00.000Z' });
            if (removed) await target.remove(removed);
            return due;
          };
        }
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const { scheduler, addSource, runs } = setUp(database, { sources: late });
    for (const nextRunAt of ['2026-03-02T10:00:00.000Z', '2026-03-02T11:00:00.000Z']) {
      await addSource({ trigger: hourly, nextRunAt });
    }
    await addSource({ trigger: hourly, nextRunAt: '2026-03-02T12:00:00.000Z' });
    expect(await scheduler.tick()).toMatchObject({ due: 3, queued: 0, changed: 3, failed: 0 });
    expect((await runs.list({ limit: 10 })).items).toEqual([]);
  });

  it('takes a trigger that cannot be read out of the schedule', async () => {
    const { scheduler, sources, addSource, lines } = setUp(await open());
    const id = await addSource({
      trigger: { type: 'cron', expression: 'nonsense', timezone: 'UTC' },
      nextRunAt: '2026-03-02T12:00:00.000Z',
    });
    await scheduler.tick();
    expect((await sources.get(id))?.nextRunAt).toBeNull();
    expect(lines.join('')).toContain('cannot be read');
  });
});

eachDatabase('the scheduler', ({ open }) => {
  it('starts with what was missed, and sleeps until the next source is due', async () => {
    const { scheduler, addSource, runsOf, shift, clock, runs } = setUp(await open());
    const id = await addSource({ trigger: hourly, nextRunAt: '2026-03-02T08:00:00.000Z' });
    scheduler.start();
    await vi.waitFor(async () => expect(await runsOf(id)).toHaveLength(1));
    const [missed] = await runsOf(id);
    await runs.requestCancel(missed?.id ?? '');
    // An hour but for a moment passes; then it wakes up by itself, or by the bell of the next change.
    shift(HOUR - (clock.now() % HOUR) - 150);
    scheduler.wake();
    await vi.waitFor(async () => expect(await runsOf(id)).toHaveLength(2));
    const [next] = await runsOf(id);
    expect(next?.scheduledFor).toBe('2026-03-02T13:00:00.000Z');
    expect(Date.parse(next?.queuedAt ?? '') - Date.parse('2026-03-02T13:00:00.000Z')).toBeLessThan(
      1_000,
    );
    await scheduler.stop();
  });

  it('notices a source whose trigger has changed', async () => {
    const { scheduler, sources, addSource, runsOf } = setUp(await open());
    const id = await addSource();
    scheduler.start();
    await sources.update(id, { trigger: hourly, nextRunAt: '2026-03-02T12:00:00.000Z' });
    scheduler.wake();
    await vi.waitFor(async () => expect(await runsOf(id)).toHaveLength(1));
    await scheduler.stop();
  });

  it('outlives a database that is away', async () => {
    const database = await open();
    const { sources } = storesOf(database);
    let isDown = true;
    const flaky = unreliable(sources, ['due', 'list', 'nextDueAt'], () => isDown);
    const { scheduler, addSource, runsOf, lines } = setUp(database, { sources: flaky });
    const id = await addSource({ trigger: hourly, nextRunAt: '2026-03-02T12:00:00.000Z' });
    scheduler.start();
    await vi.waitFor(() => expect(lines.join('')).toContain('trying again'));
    isDown = false;
    await vi.waitFor(async () => expect(await runsOf(id)).toHaveLength(1), { timeout: 5_000 });
    await scheduler.stop();
  });

  it('stops at once, before and after its start', async () => {
    const { scheduler } = setUp(await open());
    await scheduler.stop();
    const { scheduler: other } = setUp(await open());
    other.start();
    await other.stop();
  });
});

eachDatabase('a source that comes after another', ({ open }) => {
  const after = (sourceId: string): Trigger => ({ type: 'after', source_id: sourceId });

  it('is queued when that one has succeeded, through a whole chain', async () => {
    const set = setUp(await open());
    const { runs, scheduler, addSource, queueRun, runsOf } = set;
    const first = await addSource({ name: 'First' });
    const second = await addSource({ name: 'Second', trigger: after(first) });
    const third = await addSource({ trigger: after(second) });
    const paused = await addSource({ trigger: after(first), paused: true });
    const succeed: RunHandler = async () => ({ status: 'success', error: null });
    const { worker } = workerOn(runs, succeed, {
      clock: set.clock,
      onEnded: (run) => scheduler.runEnded(run),
    });
    set.wake.mockImplementation(() => worker.wake());
    await queueRun(first);
    worker.start();
    await vi.waitFor(async () =>
      expect(await runsOf(third)).toMatchObject([
        {
          status: 'success',
          cause: 'after',
          startedBy: { type: 'system', id: 'after', name: 'Second' },
        },
      ]),
    );
    expect(await runsOf(second)).toMatchObject([{ startedBy: { name: 'First' } }]);
    expect(await runsOf(paused)).toEqual([]);
  });

  it.each(['partial', 'failed', 'canceled'] as const)(
    'is not after a run that is %s',
    async (status) => {
      const { scheduler, addSource, queueRun, runsOf, stored } = setUp(await open());
      const first = await addSource();
      const second = await addSource({ trigger: after(first) });
      await scheduler.runEnded({ ...(await stored(await queueRun(first))), status });
      expect(await runsOf(second)).toEqual([]);
    },
  );

  it('is queued at the next start if the process died before', async () => {
    const { scheduler, runs, addSource, queueRun, runsOf, clock } = setUp(await open());
    const first = await addSource({ name: 'First' });
    const second = await addSource({ trigger: after(first) });
    await clock.sleep(5);
    const id = await queueRun(first);
    await runs.claim('dead', 1_000, { perGroup: 1 });
    await runs.finish(id, 'dead', { status: 'success', error: null });
    scheduler.start();
    await vi.waitFor(async () =>
      expect(await runsOf(second)).toMatchObject([
        { cause: 'after', startedBy: { name: 'First' }, status: 'queued' },
      ]),
    );
    await scheduler.stop();
  });

  it('is not queued again at the next start if it has run', async () => {
    const { scheduler, runs, addSource, queueRun, runsOf, clock, wake } = setUp(await open());
    const first = await addSource();
    const second = await addSource({ trigger: after(first) });
    for (const source of [first, second]) {
      await clock.sleep(5);
      const id = await queueRun(source);
      await runs.claim('dead', 1_000, { perGroup: 1 });
      await runs.finish(id, 'dead', { status: 'success', error: null });
    }
    const due = await addSource({ trigger: hourly, nextRunAt: '2026-03-02T12:00:00.000Z' });
    scheduler.start();
    await vi.waitFor(async () => expect(await runsOf(due)).toHaveLength(1));
    expect(await runsOf(second)).toHaveLength(1);
    await vi.waitFor(() => expect(wake).toHaveBeenCalledTimes(1));
    await scheduler.stop();
  });
});

eachDatabase('1,000 sources', ({ open, dialect }) => {
  it('take a tick no time when few are due, and do not hold up others when all are', async () => {
    const database = await open();
    const { scheduler, shift } = setUp(database);
    await addMany(database, 1_000);
    const ticks: number[] = [];
    for (let n = 0; n < 50; n += 1) {
      const before = performance.now();
      await scheduler.tick();
      ticks.push(performance.now() - before);
    }
    ticks.sort((a, b) => a - b);
    shift(HOUR);
    const delays = monitorEventLoopDelay({ resolution: 5 });
    delays.enable();
    let turns = 0;
    const others = setInterval(() => {
      turns += 1;
    }, 1);
    const before = performance.now();
    const report = await scheduler.tick();
    const all = performance.now() - before;
    delays.disable();
    clearInterval(others);
    expect(report).toMatchObject({ due: 1_000, queued: 997, coalesced: 3 });
    const figures = {
      idleMedian: ticks[25],
      idleMost: ticks[49],
      all,
      longestDelay: delays.max / 1e6,
    };
    if (process.env['SHOW_FIGURES'])
      process.stderr.write(`${dialect} ${JSON.stringify(figures)}\n`);
    // Issue 3 §8: a tick under 20 ms. Other tests run meanwhile, so that the slowest is not asserted.
    expect(ticks[25]).toBeLessThan(20);
    // About 200 on a quiet machine. Held up until the end, the others would have none.
    expect(turns).toBeGreaterThan(40);
  }, 60_000);
});

/** Hourly sources, of which three are due at noon and the others an hour later. */
async function addMany(database: Database, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, n) =>
    sourceRow(
      {
        ...SOURCE,
        id: newId('src', NOON),
        name: `Source ${n}`,
        limitGroup: `group ${n % 10}`,
        trigger: hourly,
        nextRunAt: n < 3 ? '2026-03-02T12:00:00.000Z' : '2026-03-02T13:00:00.000Z',
      },
      '2026-01-01T00:00:00.000Z',
    ),
  );
  while (rows.length > 0) {
    await database.db.insertInto('sources').values(rows.splice(0, 200)).execute();
  }
}
