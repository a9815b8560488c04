import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { newId } from '../../src/state/id.ts';
import type { RunStatus } from '../../src/state/run-record.ts';
import { RunStore } from '../../src/state/runs.ts';
import { type SourceFilter, SourceLists } from '../../src/state/source-lists.ts';
import { sourceRow, streamRow } from '../../src/state/source-rows.ts';
import { SourceStore } from '../../src/state/sources.ts';
import { eachDatabase } from './each-database.ts';
import { ada, StoppedClock, sampleSource, sampleStream } from './sample-state.ts';

const SOURCES = 1_000;
const STREAMS = 20;
const RUNS = 20;

/**
 * The service answers lists of so many sources within 30 ms; the database may take a third of that. Tests share
 * two cores with others, so that the limit here only catches a lost index, which costs tens of times as much.
 */
const LIMIT_MS = { sqlite: 50, postgres: 200 };

eachDatabase('lists of 1,000 sources with 20 streams and 20 runs each', ({ dialect, open }) => {
  it('walk indexes', async () => {
    const clock = new StoppedClock();
    const database = await open({ clock });
    const statuses: readonly RunStatus[] = ['success', 'partial', 'failed', 'canceled'];
    await database.db.transaction().execute(async (transaction) => {
      for (let number = 0; number < SOURCES; number += 1) {
        clock.forward(1_000);
        const source = sampleSource({ limitGroup: `key ${number % 50}`, nextRunAt: clock.text });
        const streams = Array.from({ length: STREAMS }, (_, place) =>
          streamRow(
            source.id,
            sampleStream(`chart_${place}`, { table: `t_${number}_${place}` }),
            place,
          ),
        );
        const runs = Array.from({ length: RUNS }, (_, run) => ({
          id: newId('run', clock.now() + run),
          source_id: source.id,
          status: statuses[(number + run) % 4] ?? 'success',
          cause: 'schedule' as const,
          started_by: JSON.stringify(ada),
          queued_at: clock.text,
          started_at: clock.text,
          ended_at: clock.text,
          attempt: 1,
          event_seq: 0,
          retry_of: null,
          streams: null,
          scheduled_for: null,
          error: null,
          lease_owner: null,
          lease_until: null,
        }));
        await transaction.insertInto('sources').values(sourceRow(source, clock.text)).execute();
        await transaction.insertInto('streams').values(streams).execute();
        await transaction.insertInto('runs').values(runs).execute();
      }
    });
    if (dialect === 'postgres') await sql`analyze`.execute(database.db);
    const sources = new SourceStore(database, clock);
    // One that remembers nothing.
    const list = (filter: SourceFilter) => new SourceLists(database).list(filter);
    const runs = new RunStore(database, clock);
    const page = await list({ limit: 50 });
    expect(page.items[0]).toMatchObject({ selectedStreams: STREAMS });
    expect(page.items[0]?.recentRuns).toHaveLength(10);
    const cursor = page.nextCursor ?? '';
    const medians = {
      first: await median(() => list({ limit: 50 })),
      next: await median(() => list({ limit: 50, cursor })),
      status: await median(() => list({ limit: 50, status: 'failed' })),
      text: await median(() => list({ limit: 50, text: 'source 99' })),
      connector: await median(() => list({ limit: 50, connector: 'other' })),
      due: await median(() => sources.due(clock.text, 50)),
      runs: await median(() => runs.list({ limit: 50, statuses: ['failed'] })),
      claim: await median(() => runs.claim('me', 1_000, { perGroup: 4 })),
    };
    expect(Math.max(...Object.values(medians)), JSON.stringify(medians)).toBeLessThan(
      LIMIT_MS[dialect],
    );
    if (process.env['CHARTLIFT_TEST_TIMES']) process.stderr.write(`${JSON.stringify(medians)}\n`);
  });
});

/** In ms, of 15. */
async function median(act: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < 15; count += 1) {
    const start = performance.now();
    await act();
    times.push(performance.now() - start);
  }
  return Number(times.toSorted((a, b) => a - b)[7]?.toFixed(2));
}
