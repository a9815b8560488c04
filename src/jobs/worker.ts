import { setImmediate as otherWork } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { ChartliftError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { RunEnd } from '../state/run-queue.ts';
import type { ErrorRecord, RunRecord } from '../state/run-record.ts';
import type { RunStore } from '../state/runs.ts';
import { waitAfter, withBackOff } from './back-off.ts';
import { Bell } from './bell.ts';
import { type Ending, Execution, type RunHandler, timeLimitError } from './execution.ts';

export type { RunContext, RunHandler, RunOutcome } from './execution.ts';

/** How often it looks for runs that somebody else queued, in ms; its own process wakes it. */
const POLL_MS = 5_000;

/** A canceled run ends within 2 s (issue 3 §4), with its handler or without. */
const GRACE_MS = 1_500;

const CONCURRENCY = 20;
const PER_GROUP = 4;

export interface WorkerOptions {
  readonly runs: RunStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Does the work of a run; may run in parallel with itself. */
  readonly handler: RunHandler;
  /** Of this process, and of no other that ever lived. */
  readonly owner: string;
  /** How long a run belongs to a process that says nothing, in ms. */
  readonly leaseMs: number;
  /** How long a run may take, in ms; 0 is without limit. */
  readonly limitOf: (run: RunRecord) => number | Promise<number>;
  /** Called with each run that has ended, when that is stored. */
  readonly onEnded: (run: RunRecord) => void | Promise<void>;
  /** Runs at once, beside those that make way for others, of which there may be as many. Default 20. */
  readonly concurrency?: number;
  /** Of these in one limit group. Default 4. */
  readonly perGroup?: number;
  /** How long a handler may take to end after it was told to, in ms. Default 1,500. */
  readonly graceMs?: number;
  /** How often it looks for runs that another process queued, in ms. Default 5,000. */
  readonly pollMs?: number;
}

/** Takes queued runs and has them done, some at once. */
export interface Worker {
  start(): void;
  /** There may be something to take. */
  wake(): void;
  /** Stops a run of this process at once; that it is to be canceled must be stored already. */
  cancel(runId: string): void;
  /**
   * Takes no more runs, and lets those under way end. What does not end in time is told to stop and
   * queued again, to go on with at the next start. All is over within `withinMs` milliseconds, unless
   * the database does not answer.
   */
  stop(options: { readonly withinMs: number }): Promise<void>;
}

export function createWorker(options: WorkerOptions): Worker {
  return new QueueWorker(options);
}

class QueueWorker implements Worker {
  readonly #options: WorkerOptions;
  readonly #bell: Bell;
  readonly #underWay = new Map<Execution, Promise<void>>();
  /** Runs that were canceled while one was being taken: it may be that one. */
  readonly #canceledMeanwhile = new Set<string>();
  #taking = false;
  /** Nothing more is taken. */
  readonly #stopping = new AbortController();
  /** What the database has not stored by now is left to whoever reclaims it. */
  readonly #overdue = new AbortController();
  /** The last run has ended. */
  readonly #closed = new AbortController();
  #serving: Promise<void> = Promise.resolve();
  #renewing: Promise<void> = Promise.resolve();

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#bell = new Bell(options.clock);
  }

  start(): void {
    this.#serving = this.#serve();
    this.#renewing = this.#keepLeases();
  }

  wake(): void {
    this.#bell.ring();
  }

  cancel(runId: string): void {
    if (this.#taking) this.#canceledMeanwhile.add(runId);
    for (const execution of this.#underWay.keys()) {
      if (execution.run.id === runId) execution.cut('canceled');
    }
  }

  async stop({ withinMs }: { readonly withinMs: number }): Promise<void> {
    const { clock, graceMs = GRACE_MS } = this.#options;
    this.#stopping.abort();
    this.#bell.ring();
    const cutOff = clock.sleep(Math.max(0, withinMs - graceMs), this.#closed.signal).then(() => {
      for (const execution of this.#underWay.keys()) execution.cut('interrupted');
    });
    const giveUp = clock.sleep(withinMs, this.#closed.signal).then(() => this.#overdue.abort());
    await this.#serving;
    await Promise.all(this.#underWay.values());
    this.#closed.abort();
    await Promise.allSettled([cutOff, giveUp, this.#renewing]);
  }

  /** Takes what is queued as long as there is room, then waits for a reason to look again. */
  async #serve(): Promise<void> {
    const { clock, logger, pollMs = POLL_MS } = this.#options;
    const { signal } = this.#stopping;
    let failures = 0;
    while (!signal.aborted) {
      try {
        await this.#takeAll();
        failures = 0;
        await this.#bell.sleep(pollMs);
      } catch (error) {
        failures += 1;
        logger.error({ err: error }, 'could not take runs from the queue; trying again');
        await clock.sleep(waitAfter(failures), signal).catch(() => undefined);
      }
    }
  }

  async #takeAll(): Promise<void> {
    while (!this.#stopping.signal.aborted && this.#hasRoom()) {
      const execution = await this.#take();
      if (execution === null) return;
      // This process itself may take up what it had lost.
      for (const other of this.#underWay.keys()) {
        if (other.run.id === execution.run.id) other.cut('lease_lost');
      }
      this.#underWay.set(execution, this.#perform(execution));
      // SQLite answers at once: without a pause, a long queue of short runs would hold up every request.
      await otherWork();
    }
  }

  #hasRoom(): boolean {
    const { concurrency = CONCURRENCY } = this.#options;
    const { size } = this.#underWay;
    return size - this.#makingWay().length < concurrency && size < 2 * concurrency;
  }

  /** Ids of the runs that do not count against the limits any more. */
  #makingWay(): string[] {
    return [...this.#underWay.keys()].filter(({ makesWay }) => makesWay).map(({ run }) => run.id);
  }

  async #take(): Promise<Execution | null> {
    const { runs, owner, leaseMs, clock, logger, handler } = this.#options;
    const { perGroup = PER_GROUP, graceMs = GRACE_MS } = this.#options;
    this.#taking = true;
    try {
      const run = await runs.claim(owner, leaseMs, { perGroup, besides: this.#makingWay() });
      if (run === null) return null;
      const onLate = () =>
        logger.warn({ run: run.id }, 'a handler ended after its run was given up');
      const onWay = () => this.#bell.ring();
      const execution = new Execution(run, { clock, handler, graceMs, onLate, onWay });
      if (this.#canceledMeanwhile.has(run.id)) execution.cut('canceled');
      if (this.#stopping.signal.aborted) execution.cut('interrupted');
      return execution;
    } finally {
      this.#taking = false;
      this.#canceledMeanwhile.clear();
    }
  }

  /** Never rejects. */
  async #perform(execution: Execution): Promise<void> {
    const { logger } = this.#options;
    const { run } = execution;
    try {
      logger.debug({ run: run.id, source: run.sourceId, attempt: run.attempt }, 'run begins');
      const ending = await execution.perform(await this.#limitOf(execution));
      await this.#store(run, ending);
    } catch (error) {
      logger.error({ err: error, run: run.id }, 'the end of a run is not stored; it runs again');
    } finally {
      this.#underWay.delete(execution);
      this.#bell.ring();
    }
  }

  #limitOf(execution: Execution): Promise<number> {
    const { limitOf } = this.#options;
    const { run } = execution;
    return this.#insist('read the time limit of a run', this.#stopping.signal, async () =>
      limitOf(run),
    ).catch(() => {
      execution.cut('interrupted');
      return 0;
    });
  }

  async #store(run: RunRecord, ending: Ending): Promise<void> {
    const { runs, owner, logger } = this.#options;
    const end = endOf(ending);
    if (end === 'lost') {
      logger.warn({ run: run.id }, 'a run was taken over by another process');
      return;
    }
    const { signal } = this.#overdue;
    if (end === 'queued') {
      await this.#insist('queue a run again', signal, () => runs.requeue(run.id, owner));
      logger.info({ run: run.id, source: run.sourceId }, 'run is queued again');
      return;
    }
    if (ending.type === 'error') logger.warn({ err: ending.error, run: run.id }, 'run broke off');
    const isStored = await this.#insist('store the end of a run', signal, () =>
      runs.finish(run.id, owner, end),
    );
    if (isStored) await this.#tell(run.id);
    else logger.warn({ run: run.id }, 'the result of a run that was taken over is refused');
  }

  /** Tells that a run has ended. */
  async #tell(runId: string): Promise<void> {
    const { runs, onEnded, logger } = this.#options;
    try {
      const run = await this.#insist('read a run', this.#overdue.signal, () => runs.get(runId));
      if (run === null) return;
      logger.info({ run: run.id, source: run.sourceId, status: run.status }, 'run ended');
      await onEnded(run);
    } catch (error) {
      logger.error({ err: error, run: runId }, 'what follows the end of a run went wrong');
    }
  }

  /** Renews the leases of what is under way, and takes notice of what other processes did to it. */
  async #keepLeases(): Promise<void> {
    const { clock, leaseMs, logger } = this.#options;
    const { signal } = this.#closed;
    let failures = 0;
    while (!signal.aborted) {
      const wait = failures === 0 ? leaseMs / 3 : Math.min(leaseMs / 3, waitAfter(failures));
      await clock.sleep(wait, signal).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.#renew();
        await this.#resumeExpired();
        failures = 0;
      } catch (error) {
        failures += 1;
        logger.error({ err: error }, 'could not renew the leases of runs; trying again');
      }
    }
  }

  async #renew(): Promise<void> {
    const { runs, owner, leaseMs } = this.#options;
    // Read before: what is taken while the leases are renewed is not among those that come back.
    const renewed = [...this.#underWay.keys()];
    if (renewed.length === 0) return;
    const held = new Map(
      (await runs.renew(owner, leaseMs)).map(({ id, status }) => [id, status] as const),
    );
    for (const execution of renewed) {
      const status = held.get(execution.run.id);
      if (status === undefined) execution.cut('lease_lost');
      else if (status === 'canceling') execution.cut('canceled');
    }
  }

  /** Runs of processes that say nothing any more: queued again, or ended if they were being canceled. */
  async #resumeExpired(): Promise<void> {
    const { runs, clock, logger } = this.#options;
    const expired = await runs.expired(new Date(clock.now()).toISOString());
    if (expired.length === 0) return;
    logger.warn({ runs: expired }, 'the process that had these runs says nothing any more');
    for (const id of expired) {
      const run = await runs.get(id);
      if (run !== null && run.endedAt !== null) await this.#tell(id);
    }
    this.#bell.ring();
  }

  #insist<Result>(what: string, signal: AbortSignal, task: () => Promise<Result>): Promise<Result> {
    const { clock, logger } = this.#options;
    return withBackOff(task, { clock, logger, signal, what });
  }
}

/** What becomes of a run whose work has ended. */
function endOf(ending: Ending): 'lost' | 'queued' | RunEnd {
  if (ending.type === 'outcome') return ending.outcome;
  if (ending.type === 'error') return { status: 'failed', error: errorRecord(ending.error) };
  switch (ending.cut) {
    case 'canceled':
      return { status: 'canceled', error: null };
    case 'time_limit':
      return { status: 'failed', error: errorRecord(timeLimitError()) };
    case 'interrupted':
      return 'queued';
    case 'lease_lost':
      return 'lost';
  }
}

function errorRecord({ code, message, hint }: ChartliftError): ErrorRecord {
  return { code, message, help: hint };
}
