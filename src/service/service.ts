import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ThreadedDisk } from '../catalog/disk/threaded-disk.ts';
import { createLake } from '../catalog/lake-directory.ts';
import { SharedEngine } from '../catalog/shared-engine.ts';
import { type Clock, systemClock } from '../clock.ts';
import { toChartliftError } from '../errors.ts';
import { createScheduler, type Scheduler } from '../jobs/scheduler.ts';
import { createWorker, type Worker } from '../jobs/worker.ts';
import type { Logger } from '../logger.ts';
import { type Database, openDatabase } from '../state/database.ts';
import { holdInstance } from '../state/instance-lock.ts';
import type { RunRecord } from '../state/run-record.ts';
import { type Keyring, openKeyring } from '../state/secrets/keyring.ts';
import type { Connectors } from './connectors.ts';
import { EventHub } from './event-hub.ts';
import { Housekeeping, type RetentionSettings } from './housekeeping.ts';
import { Moves } from './moves.ts';
import { type ServiceObserver, unobserved } from './observer.ts';
import { Queries } from './queries.ts';
import { RunJournal } from './run-journal.ts';
import { describeRunEnd } from './run-log.ts';
import { runSource } from './run-source.ts';
import { hasEnded, Runs } from './runs.ts';
import { SourceSecrets } from './source-secrets.ts';
import { SourceStreams } from './source-streams.ts';
import { Sources } from './sources.ts';
import { openStores, type Stores } from './stores.ts';
import { Tables } from './tables.ts';
import { Validations } from './validations.ts';

export interface ServiceOptions {
  /** The data folder: control database, keys, and the lake unless {@link lake} says otherwise. */
  readonly home: string;
  /** Directory of the lake. Default `<home>/lake`. */
  readonly lake?: string | undefined;
  /** PostgreSQL instead of SQLite. */
  readonly databaseUrl?: string | undefined;
  /** Instead of the key file: 32 bytes as base64 or hex, older ones after commas. */
  readonly secretKey?: string | undefined;
  readonly connectors: Connectors;
  readonly logger: Logger;
  readonly observer?: ServiceObserver;
  readonly clock?: Clock;
  /** Runs at once. Default 40. */
  readonly concurrency?: number;
  /**
   * Of these with one API key, beside those that have asked for all their charts. Default 4: a run by itself
   * keeps an API key busy, some more hide its pauses.
   */
  readonly perLimitGroup?: number;
  readonly retention?: RetentionSettings | undefined;
  /** Called when another process may work on the same data: this one must end. */
  readonly onLost?: ((error: Error) => void) | undefined;
}

const DEFAULT_RETENTION: RetentionSettings = { runsPerSource: 1_000, days: 90 };

/** How long a run belongs to a process that says nothing, in ms. */
const LEASE_MS = 30_000;
const CONCURRENCY = 40;
const PER_LIMIT_GROUP = 4;

/** Everything that happens behind the doors: what is configured, when it runs, what happened. */
export interface Service {
  readonly lake: string;
  readonly home: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly database: Database;
  readonly keyring: Keyring;
  readonly connectors: Connectors;
  readonly hub: EventHub;
  readonly sources: Sources;
  readonly streams: SourceStreams;
  readonly validations: Validations;
  readonly runs: Runs;
  readonly tables: Tables;
  readonly queries: Queries;
  readonly stores: Stores;
  /** Begins to run what is due. */
  start(): void;
  /** Takes no new work; runs that do not end within the time are queued for the next start. Never throws. */
  stop(options: { readonly withinMs: number }): Promise<void>;
  /** Lets go of the data folder, once it was stopped and nobody asks it any more. */
  close(): Promise<void>;
}

/**
 * Opens the service on its data folder, which no other process may use at the same time.
 *
 * @throws ChartliftError `home_in_use`, `database_unusable`, `secrets_unreadable`, `lake_not_writable`
 */
export async function openService(options: ServiceOptions): Promise<Service> {
  const { home, databaseUrl: url, secretKey, connectors, logger } = options;
  const clock = options.clock ?? systemClock;
  const observer = options.observer ?? unobserved;
  const lake = options.lake ?? join(home, 'lake');
  const { onLost } = options;
  // Before the database is brought to this version: another process may be at work on it.
  const instance = await holdInstance({ home, url, onLost });
  const database = await openDatabase({ home, url, clock }).catch(async (error) => {
    await instance.release();
    throw error;
  });
  try {
    const keyring = await openKeyring({ home, secretKey });
    await createLake(lake);
    const stores = openStores(database, clock);
    const parts = { home, lake, clock, logger, observer, connectors, database, keyring, stores };
    const service = new OpenService(parts, options, instance);
    await service.recover();
    return service;
  } catch (error) {
    await database.close();
    await instance.release();
    throw error;
  }
}

interface ServiceParts
  extends Pick<
    Service,
    'home' | 'lake' | 'clock' | 'logger' | 'connectors' | 'database' | 'keyring' | 'stores'
  > {
  readonly observer: ServiceObserver;
}

class OpenService implements Service {
  readonly home: string;
  readonly lake: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly database: Database;
  readonly keyring: Keyring;
  readonly connectors: Connectors;
  readonly hub = new EventHub();
  readonly sources: Sources;
  readonly streams: SourceStreams;
  readonly validations: Validations;
  readonly runs: Runs;
  readonly tables: Tables;
  readonly queries: Queries;
  readonly stores: Stores;
  readonly #owner = randomUUID();
  readonly #observer: ServiceObserver;
  readonly #instance: { release(): Promise<void> };
  readonly #disk = new ThreadedDisk();
  readonly #worker: Worker;
  readonly #scheduler: Scheduler;
  readonly #housekeeping: Housekeeping;
  readonly #moves: Moves;

  constructor(
    parts: ServiceParts,
    options: ServiceOptions,
    instance: { release(): Promise<void> },
  ) {
    const { lake, clock, logger, connectors, stores, observer } = parts;
    this.home = parts.home;
    this.lake = lake;
    this.clock = clock;
    this.logger = logger;
    this.database = parts.database;
    this.keyring = parts.keyring;
    this.connectors = connectors;
    this.stores = stores;
    this.#instance = instance;
    const { hub } = this;
    this.#observer = observer;
    const secrets = new SourceSecrets(parts.keyring);
    const common = { connectors, secrets, lake, clock, hub, logger };
    const { runs, sources, validations } = stores;
    const engine = new SharedEngine(lake, clock);
    const disk = this.#disk;
    const journal = new RunJournal(runs, clock);
    const running = { ...common, sources, runs, engine, disk, journal, observer };
    this.#worker = createWorker({
      runs,
      clock,
      logger,
      owner: this.#owner,
      concurrency: options.concurrency ?? CONCURRENCY,
      perGroup: options.perLimitGroup ?? PER_LIMIT_GROUP,
      leaseMs: LEASE_MS,
      limitOf: async (run) => (await sources.get(run.sourceId))?.timeLimitMs ?? 0,
      handler: (run, context) => runSource(running, run, context),
      onEnded: (run) => this.#ended(run),
    });
    this.#scheduler = createScheduler({
      sources,
      runs,
      clock,
      logger,
      wake: () => this.#worker.wake(),
    });
    this.sources = new Sources({
      ...common,
      sources,
      runs,
      validations,
      rescheduled: () => this.#scheduler.wake(),
    });
    this.#moves = new Moves({ lake, store: sources, settings: stores.settings, logger });
    const moves = this.#moves;
    this.streams = new SourceStreams({ ...common, sources, runs, validations, moves });
    this.validations = new Validations({ ...common, sources, validations });
    this.runs = new Runs({
      sources,
      runs,
      hub,
      wake: () => this.#worker.wake(),
      abort: (runId) => this.#worker.cancel(runId),
      ended: (run) => this.#ended(run),
    });
    this.tables = new Tables({
      lake,
      streams: this.streams,
      store: sources,
      runs,
      moves,
      keyring: parts.keyring,
    });
    this.queries = new Queries({ tables: this.tables, runs, sources, lake });
    this.#housekeeping = new Housekeeping(stores, {
      clock,
      logger,
      retention: options.retention ?? DEFAULT_RETENTION,
    });
  }

  /** Tidies up after a process that died. */
  async recover(): Promise<void> {
    await this.#moves.finish();
    await this.stores.validations.failRunning();
    await this.stores.idempotency.forgetUnanswered();
    const reclaimed = await this.stores.runs.reclaim(this.#owner);
    if (reclaimed.length > 0) {
      this.logger.warn({ runs: reclaimed }, 'runs of a process that died go on');
    }
    for (const id of reclaimed) {
      const run = await this.stores.runs.get(id);
      // One that was being canceled has ended with its process.
      if (run !== null && hasEnded(run)) await this.#ended(run);
    }
  }

  start(): void {
    this.#worker.start();
    this.#scheduler.start();
    this.#housekeeping.start();
  }

  async stop(options: { readonly withinMs: number }): Promise<void> {
    try {
      await Promise.all([this.#scheduler.stop(), this.#housekeeping.stop()]);
      await Promise.all([this.validations.stop(), this.#worker.stop(options)]);
    } catch (error) {
      this.logger.error({ err: toChartliftError(error) }, 'stopping did not go well');
    }
  }

  async close(): Promise<void> {
    try {
      await this.tables.close();
      await this.#disk.close();
    } finally {
      await this.database.close();
      await this.#instance.release();
    }
  }

  async #ended(run: RunRecord): Promise<void> {
    this.#observer.runEnded(run);
    await this.stores.runs.appendEvents(run.id, [describeRunEnd(run)]);
    this.hub.tell(`run:${run.id}`);
    await this.#scheduler.runEnded(run);
  }
}
