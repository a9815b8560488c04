/**
 * Process: looks at a full store as the scheduler does. Argument: the data folder. Prints times in ms:
 * of ticks with none and with few due (95th percentile), of one with all due, and for how long that one
 * kept the process from other work at most.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../../src/clock.ts';
import { createScheduler } from '../../src/jobs/scheduler.ts';
import { createLogger } from '../../src/logger.ts';
import { openDatabase } from '../../src/state/database.ts';
import { RunStore } from '../../src/state/runs.ts';
import { SourceStore } from '../../src/state/sources.ts';
import { percentile } from './latency.ts';

const TICKS = 60;
const FEW = 5;
const PAST = '2020-01-01T00:00:00.000Z';

const [home = ''] = process.argv.slice(2);
const database = await openDatabase({ home });
const sources = new SourceStore(database, systemClock);
const runs = new RunStore(database, systemClock);
const logger = createLogger({ level: 'warn' });
const scheduler = createScheduler({
  sources,
  runs,
  clock: systemClock,
  logger,
  wake: () => undefined,
});
await database.db.updateTable('sources').set({ paused: 0 }).execute();
const ids = [...(await sources.names()).keys()];

const idle: number[] = [];
for (let tick = 0; tick < TICKS; tick += 1) idle.push(await timeTick(0));

const few: number[] = [];
for (let tick = 0; tick < TICKS; tick += 1) {
  for (const id of ids.slice(tick * FEW, (tick + 1) * FEW)) await sources.setNextRun(id, PAST);
  few.push(await timeTick(FEW));
}

for (const { id } of (await runs.list({ limit: 1_000, statuses: ['queued'] })).items) {
  await runs.requestCancel(id);
}
for (const id of ids) await sources.setNextRun(id, PAST);
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const all = await timeTick(ids.length);
delay.disable();
await database.close();
console.log(
  JSON.stringify({
    idle: percentile(idle, 0.95),
    few: percentile(few, 0.95),
    all,
    longest: delay.max / 1e6,
  }),
);

async function timeTick(expected: number): Promise<number> {
  const started = performance.now();
  const { due, queued } = await scheduler.tick();
  const ms = performance.now() - started;
  if (due !== expected || queued !== expected) throw new Error(`${due} due, ${queued} queued`);
  return ms;
}
