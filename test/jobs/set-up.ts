import { Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.ts';
import type { RunHandler } from '../../src/jobs/worker.ts';
import { createWorker, type Worker, type WorkerOptions } from '../../src/jobs/worker.ts';
import { createLogger } from '../../src/logger.ts';
import type { Actor } from '../../src/state/actor.ts';
import type { Database } from '../../src/state/database.ts';
import { newId } from '../../src/state/id.ts';
import type { RunRecord } from '../../src/state/run-record.ts';
import { RunStore } from '../../src/state/runs.ts';
import type { NewSource } from '../../src/state/source-rows.ts';
import { SourceStore } from '../../src/state/sources.ts';
import type { Trigger } from '../../src/state/trigger.ts';

export const SOMEBODY: Actor = { type: 'user', id: 'usr_1', name: 'Somebody' };

/** What does not matter of a source here. */
export const SOURCE: NewSource = {
  id: '',
  connector: 'amplitude',
  name: '',
  description: '',
  config: {},
  sealedSecrets: '',
  limitGroup: '',
  trigger: { type: 'manual' },
  paused: false,
  nextRunAt: null,
  timeLimitMs: 60_000,
  createdBy: SOMEBODY.name,
};

/** A logger whose lines a test can read. */
export function listeningLogger() {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, logger: createLogger({ level: 'debug', destination }) };
}

/** What a source of a test is like. */
export interface SourceFacts {
  readonly name?: string;
  readonly group?: string;
  readonly trigger?: Trigger;
  readonly paused?: boolean;
  readonly nextRunAt?: string | null;
}

/** The stores of a database, and sources in them without streams. */
export function storesOf(database: Database, clock: Clock = systemClock) {
  const sources = new SourceStore(database, clock);
  const runs = new RunStore(database, clock);
  let count = 0;

  /** Gives the id of a new source. */
  async function addSource(facts: SourceFacts = {}): Promise<string> {
    count += 1;
    const { name = `Source ${count}`, group = `group ${count}` } = facts;
    const { trigger = { type: 'manual' }, paused = false, nextRunAt = null } = facts;
    const { id } = await sources.create(
      {
        ...SOURCE,
        id: newId('src', clock.now()),
        name,
        limitGroup: group,
        trigger,
        paused,
        nextRunAt,
      },
      [],
    );
    return id;
  }

  /** Queues a run and gives its id. */
  async function queueRun(sourceId: string): Promise<string> {
    const { run } = await runs.enqueue({ sourceId, cause: 'manual', startedBy: SOMEBODY });
    return run.id;
  }

  /** The run as it is stored. */
  async function stored(runId: string): Promise<RunRecord> {
    const run = await runs.get(runId);
    if (run === null) throw new Error(`there is no run ${runId}`);
    return run;
  }

  return { sources, runs, addSource, queueRun, stored };
}

let workers = 0;

/** A worker that is stopped at the end of the test, and the runs that it told the end of. */
export function workerOn(
  runs: RunStore,
  handler: RunHandler,
  options: Partial<WorkerOptions> = {},
) {
  workers += 1;
  const { lines, logger } = listeningLogger();
  const ended: RunRecord[] = [];
  const worker: Worker = createWorker({
    runs,
    handler,
    logger,
    clock: systemClock,
    owner: `process-${workers}`,
    leaseMs: 30_000,
    pollMs: 60_000,
    graceMs: 100,
    limitOf: () => 60_000,
    onEnded: (run) => void ended.push(run),
    ...options,
  });
  onTestFinished(() => worker.stop({ withinMs: 100 }));
  return { worker, ended, lines };
}

/** A store whose methods of these names fail as long as `isDown` says so, as when the database is away. */
export function unreliable<Store extends object>(
  store: Store,
  names: readonly (keyof Store)[],
  isDown: () => boolean,
): Store {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) =>
        names.some((one) => one === name) && isDown()
          ? Promise.reject(new Error(`${String(name)}: the database is away`))
          : value.apply(target, args);
    },
  });
}
