import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RunStore } from '../../src/state/runs.ts';
import { SourceLists } from '../../src/state/source-lists.ts';
import { SourceStore } from '../../src/state/sources.ts';
import { eachDatabase } from './each-database.ts';
import { ada, StoppedClock, sampleSource, sampleStream } from './sample-state.ts';

const LEASE_MS = 30_000;
const ANY = { perGroup: 100 };
const OWNER = 'me';
const ALL = { limit: 100 };

eachDatabase('what lists of sources remember', ({ dialect, open }) => {
  async function opened() {
    const clock = new StoppedClock();
    const database = await open({ clock });
    const runs = new RunStore(database, clock);
    const sources = new SourceStore(database, clock);
    const ids: string[] = [];
    for (const name of ['Checkout', 'Onboarding', 'Retention']) {
      const streams = ['a', 'b'].map((chart) =>
        sampleStream(chart, { table: `${name.toLowerCase()}_${chart}` }),
      );
      ids.push((await sources.create(sampleSource({ name }), streams)).id);
    }
    return { clock, database, runs, sources, ids };
  }
  type Opened = Awaited<ReturnType<typeof opened>>;

  /** What can change what a list shows; each does it to the source of an id. */
  const CHANGES: Readonly<Record<string, (state: Opened, id: string) => Promise<unknown>>> = {
    rename: ({ sources }, id) => sources.update(id, { description: 'Another one' }),
    pause: ({ sources }, id) => sources.update(id, { paused: true }),
    resume: ({ sources }, id) => sources.update(id, { paused: false }),
    'next run': ({ sources, clock }, id) => sources.setNextRun(id, clock.text),
    'no next run': ({ sources }, id) => sources.setNextRun(id, null),
    select: ({ sources }, id) => sources.updateStream(id, 'a', { selected: true }),
    deselect: ({ sources }, id) => sources.updateStream(id, 'a', { selected: false }),
    enqueue: ({ runs, clock }, id) =>
      runs.enqueue({ sourceId: id, cause: 'manual', startedBy: ada, nextRunAt: clock.text }),
    claim: ({ runs }) => runs.claim(OWNER, LEASE_MS, ANY),
    requeue: ({ runs }) => runs.reclaim('a process that has started since'),
    finish: async ({ runs }, id) => {
      const run = (await runs.latestOf([id])).get(id);
      const error = { code: 'wrong_keys', message: 'The keys are wrong.', help: 'Give others.' };
      return run && runs.finish(run.id, OWNER, { status: 'failed', error });
    },
    cancel: async ({ runs }, id) => {
      const run = (await runs.latestOf([id])).get(id);
      return run && runs.requestCancel(run.id);
    },
    prune: ({ runs }) => runs.prune({ keepPerSource: 2, olderThanMs: 3_600_000 }),
  };
  const LOOK = 'look';

  it('is what lists show that remember nothing, whatever has changed', async () => {
    const step = fc.tuple(
      fc.constantFrom(LOOK, ...Object.keys(CHANGES), 'enqueue', 'claim', 'finish'),
      fc.nat(2),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60 }), async (steps) => {
        const state = await opened();
        for (const [what, source] of [...steps, [LOOK, 0] as const]) {
          state.clock.forward(1_000);
          await CHANGES[what]?.(state, state.ids[source] ?? '');
          if (what !== LOOK) continue;
          const fresh = await new SourceLists(state.database).list(ALL);
          expect(await state.sources.list(ALL)).toEqual(fresh);
        }
      }),
      // A new schema of PostgreSQL takes a third of a second.
      { numRuns: dialect === 'sqlite' ? 15 : 3 },
    );
  });

  it('is made anew for the source that has changed, and for no other', async () => {
    const { sources, runs, ids } = await opened();
    const before = (await sources.list(ALL)).items;
    await runs.enqueue({ sourceId: ids[1] ?? '', cause: 'manual', startedBy: ada });
    const after = (await sources.list(ALL)).items;
    expect(after[1]?.lastRun).toMatchObject({ status: 'queued' });
    expect(after.map((item, place) => item === before[place])).toEqual([true, false, true]);
  });

  it('notices a run that was given back and taken again between two looks', async () => {
    const { sources, runs, ids } = await opened();
    await runs.enqueue({ sourceId: ids[0] ?? '', cause: 'manual', startedBy: ada });
    const attempts: (number | undefined)[] = [];
    for (const owner of ['first', 'second']) {
      await runs.reclaim(owner);
      await runs.claim(owner, LEASE_MS, ANY);
      attempts.push((await sources.list(ALL)).items[0]?.lastRun?.attempt);
    }
    expect(attempts).toEqual([1, 2]);
  });

  it('has no place for a source that has been deleted', async () => {
    const { sources, ids } = await opened();
    await sources.list(ALL);
    await sources.remove(ids[0] ?? '');
    expect((await sources.list(ALL)).items.map(({ name }) => name)).toEqual([
      'Onboarding',
      'Retention',
    ]);
  });
});
