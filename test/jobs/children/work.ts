/**
 * A process that takes up what is queued, until it is killed: HOME OWNER DURATION [URL]. Each run takes
 * DURATION ms; it prints the id of each that it begins, as a line.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../../src/clock.ts';
import { createWorker } from '../../../src/jobs/worker.ts';
import { createLogger } from '../../../src/logger.ts';
import { openDatabase } from '../../../src/state/database.ts';
import { RunStore } from '../../../src/state/runs.ts';

const [home = '', owner = '', duration = '', url] = process.argv.slice(2);
const database = await openDatabase({ home, url });
const runs = new RunStore(database, systemClock);
await runs.reclaim(owner);
const worker = createWorker({
  runs,
  clock: systemClock,
  logger: createLogger({ level: 'silent' }),
  owner,
  leaseMs: 30_000,
  concurrency: 4,
  limitOf: () => 0,
  onEnded: () => undefined,
  handler: async (run) => {
    process.stdout.write(`${run.id}\n`);
    await delay(Number(duration));
    return { status: 'success', error: null };
  },
});
worker.start();
