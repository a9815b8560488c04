import { sql } from 'kysely';
import type { Clock } from '../../src/clock.ts';
import { openDatabase } from '../../src/state/database.ts';
import { newId } from '../../src/state/id.ts';
import type { StreamResultRecord } from '../../src/state/run-record.ts';
import { RunStore } from '../../src/state/runs.ts';
import { SourceStore } from '../../src/state/sources.ts';

export const SOURCES = 1_000;
export const STREAMS = 20;
export const RUNS = 20;

/** Runs of one source are so far apart, in ms. */
const RUN_EVERY_MS = 3_600_000;
const STATUSES = ['success', 'success', 'success', 'partial', 'failed'] as const;

/**
 * Fills a data folder with sources that are due in years, each with streams and runs, through the stores.
 */
export async function fillStore(home: string): Promise<void> {
  // Its own time, so that runs lie in the past.
  let now = Date.now() - (RUNS + 1) * RUN_EVERY_MS;
  const clock: Clock = { now: () => now, sleep: () => Promise.resolve() };
  const database = await openDatabase({ home, clock });
  // What is lost with the power is filled in again; a start of the service sets it back.
  await sql`PRAGMA synchronous = OFF`.execute(database.db);
  const sources = new SourceStore(database, clock);
  const runs = new RunStore(database, clock);
  const ids: string[] = [];
  for (let number = 1; number <= SOURCES; number += 1)
    ids.push(await addSource(sources, number, now));
  for (let run = 0; run < RUNS; run += 1) {
    for (const [place, sourceId] of ids.entries()) {
      now += 1;
      await addRun(runs, sourceId, STATUSES[(place + run) % STATUSES.length] ?? 'success', now);
    }
    now += RUN_EVERY_MS - SOURCES;
  }
  await database.close();
}

async function addSource(sources: SourceStore, number: number, now: number): Promise<string> {
  const id = newId('src', now);
  const team = ['Growth', 'Checkout', 'Stock', 'Support'][number % 4];
  await sources.create(
    {
      id,
      connector: 'amplitude',
      name: `${team} dashboard ${String(number).padStart(4, '0')}`,
      description: `The charts that ${team} looks at every morning, number ${number}.`,
      config: { region: 'us', chart_ids: streamNames(number) },
      sealedSecrets: 'v1.none.none.none',
      limitGroup: `group ${number % 10}`,
      trigger: { type: 'daily', time: '06:30', timezone: 'Europe/Berlin' },
      paused: number % 10 === 0,
      nextRunAt: '2100-01-01T00:00:00.000Z',
      timeLimitMs: 3_600_000,
      createdBy: 'bench',
    },
    streamNames(number).map((name, place) => ({
      name,
      title: `Chart ${place + 1} of ${team}`,
      selected: true,
      layer: 'raw',
      folder: team ?? null,
      table: `chart_${name}`,
      syncMode: 'FULL_TABLE' as const,
      cacheMs: null,
      note: 'What the team looks at first.',
    })),
  );
  return id;
}

function streamNames(source: number): string[] {
  return Array.from({ length: STREAMS }, (_, at) => `s${source}c${at + 1}`);
}

async function addRun(
  runs: RunStore,
  sourceId: string,
  status: 'success' | 'partial' | 'failed',
  now: number,
): Promise<void> {
  const startedBy = { type: 'system', id: 'schedule', name: 'Schedule' } as const;
  const { run } = await runs.enqueue({ sourceId, cause: 'schedule', startedBy });
  await runs.claim('bench', 60_000, { perGroup: 1_000 });
  for (let stream = 0; stream < STREAMS; stream += 1) {
    await runs.recordStream(resultOf(run.id, `c${stream}`, status, stream, now));
  }
  await runs.finish(run.id, 'bench', { status, error: null });
}

function resultOf(
  runId: string,
  stream: string,
  status: 'success' | 'partial' | 'failed',
  place: number,
  now: number,
): StreamResultRecord {
  const failed = status === 'failed' || (status === 'partial' && place === 0);
  return {
    runId,
    stream,
    table: `raw.chart_${stream}`,
    title: `Chart ${stream}`,
    status: failed ? 'failed' : 'success',
    rows: failed ? null : 300,
    version: failed ? null : 7,
    bytes: failed ? null : 12_345,
    change: failed ? null : { added: 10, removed: 0, changed: 3 },
    durationMs: 840,
    attempts: 1,
    warnings: [],
    error: failed
      ? { code: 'amplitude_unavailable', message: 'Amplitude did not answer.', help: 'Retry it.' }
      : null,
    endedAt: new Date(now).toISOString(),
  };
}
