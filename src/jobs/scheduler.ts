import { setImmediate as otherWork } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { RunRecord } from '../state/run-record.ts';
import type { RunStore } from '../state/runs.ts';
import type { SourceRecord } from '../state/source-record.ts';
import type { SourceStore } from '../state/sources.ts';
import { waitAfter, withBackOff } from './back-off.ts';
import { Bell } from './bell.ts';
import { missedFollowers } from './missed-followers.ts';
import { nextRuns } from './schedule/next-runs.ts';

/** Sleeps no longer, in ms: the system's clock may be put forward, and other processes change sources. */
const LONGEST_SLEEP = 30_000;

/** Due sources that are read at once. */
const BATCH = 100;

/** Of these, queued in one transaction, for which the process waits for the disk once. */
const TOGETHER = 10;

/** Tries to queue what comes after a run; then it is left to the next success. */
const TRIES = 5;

export interface SchedulerOptions {
  readonly sources: SourceStore;
  readonly runs: RunStore;
  readonly clock: Clock;
  /** Called when runs were queued. */
  readonly wake: () => void;
  readonly logger: Logger;
}

/** What a look at the clock brought about, in sources. */
export interface TickReport {
  readonly due: number;
  /** A run was queued. */
  readonly queued: number;
  /** A run was under way already, which stands for this one, too. */
  readonly coalesced: number;
  /** It was paused, deleted or given another trigger just now. */
  readonly changed: number;
  /** It is tried again at the next tick. */
  readonly failed: number;
}

/** Queues the runs of sources when their triggers want it. */
export interface Scheduler {
  start(): void;
  /** The triggers have changed: it looks when the next source is due. */
  wake(): void;
  /** Queues what is due now; what was missed for some time runs once. */
  tick(): Promise<TickReport>;
  /** Queues no more. Resolves when the database is not used any more. */
  stop(): Promise<void>;
  /** Queues the sources that run after the success of this run's source. Never rejects. */
  runEnded(run: RunRecord): Promise<void>;
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  return new ClockScheduler(options);
}

class ClockScheduler implements Scheduler {
  readonly #options: SchedulerOptions;
  readonly #bell: Bell;
  readonly #stopping = new AbortController();
  #watching: Promise<void> = Promise.resolve();

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#bell = new Bell(options.clock);
  }

  start(): void {
    this.#watching = this.#watch();
  }

  wake(): void {
    this.#bell.ring();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#bell.ring();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    const { clock, logger } = this.#options;
    const { signal } = this.#stopping;
    let failures = 0;
    let hasCaughtUp = false;
    while (!signal.aborted) {
      try {
        if (!hasCaughtUp) await this.#catchUp();
        hasCaughtUp = true;
        const { failed } = await this.tick();
        failures = failed > 0 ? failures + 1 : 0;
        const wait = await this.#untilNext();
        await this.#bell.sleep(failures > 0 ? Math.max(wait, waitAfter(failures)) : wait);
      } catch (error) {
        failures += 1;
        logger.error({ err: error }, 'could not look for due sources; trying again');
        await clock.sleep(waitAfter(failures), signal).catch(() => undefined);
      }
    }
  }

  /** How long it takes until the next source is due, in ms. */
  async #untilNext(): Promise<number> {
    const { sources, clock } = this.#options;
    const next = await sources.nextDueAt();
    if (next === null) return LONGEST_SLEEP;
    return Math.min(LONGEST_SLEEP, Math.max(0, Date.parse(next) - clock.now()));
  }

  async tick(): Promise<TickReport> {
    const { sources, clock, wake } = this.#options;
    const now = clock.now();
    const report = { due: 0, queued: 0, coalesced: 0, changed: 0, failed: 0 };
    for (;;) {
      const batch = await sources.due(timeText(now), BATCH);
      const before = report.failed;
      for (let at = 0; at < batch.length; at += TOGETHER) {
        if (this.#stopping.signal.aborted) return report;
        const some = batch.slice(at, at + TOGETHER);
        report.due += some.length;
        const outcomes = await Promise.all(some.map((source) => this.#queue(source, now)));
        for (const outcome of outcomes) report[outcome] += 1;
        wake();
        // SQLite answers at once: without a pause, 1,000 sources would hold up every request.
        await otherWork();
      }
      // What failed is due again and again.
      if (batch.length < BATCH || report.failed > before) return report;
    }
  }

  async #queue(
    { id, nextRunAt }: SourceRecord,
    now: number,
  ): Promise<'queued' | 'coalesced' | 'changed' | 'failed'> {
    const { sources, runs, logger } = this.#options;
    try {
      // Many others may have been queued since it was read.
      const source = await sources.get(id);
      if (source === null || source.paused || source.nextRunAt !== nextRunAt) return 'changed';
      const { created } = await runs.enqueue({
        sourceId: id,
        cause: 'schedule',
        startedBy: { type: 'system', id: 'schedule', name: 'Schedule' },
        scheduledFor: nextRunAt,
        nextRunAt: this.#nextRunAt(source, now),
      });
      return created ? 'queued' : 'coalesced';
    } catch (error) {
      logger.error({ err: error, source: id }, 'could not queue a due source');
      return 'failed';
    }
  }

  /** A trigger that cannot be read any more must not be due for ever. */
  #nextRunAt(source: SourceRecord, now: number): string | null {
    try {
      const [next] = nextRuns(source.trigger, now, 1);
      return next === undefined ? null : timeText(next);
    } catch (error) {
      this.#options.logger.error(
        { err: error, source: source.id },
        'the trigger of a source cannot be read: it runs no more by itself',
      );
      return null;
    }
  }

  async runEnded(run: RunRecord): Promise<void> {
    if (run.status !== 'success') return;
    const { clock, logger } = this.#options;
    const { signal } = this.#stopping;
    try {
      await withBackOff(() => this.#queueAfter(run), {
        clock,
        logger,
        signal,
        tries: TRIES,
        what: 'queue what comes after a run',
      });
    } catch (error) {
      logger.error({ err: error, run: run.id }, 'what comes after a run is not queued');
    }
  }

  async #queueAfter(run: RunRecord): Promise<void> {
    const { sources, wake } = this.#options;
    const followers = await sources.after(run.sourceId);
    if (followers.length === 0) return;
    const before = await sources.get(run.sourceId);
    for (const { id } of followers) await this.#queueFollower(id, before?.name ?? run.sourceId);
    wake();
  }

  /** Queues what a process that died had not come to. */
  async #catchUp(): Promise<void> {
    const { sources, wake } = this.#options;
    const missed = await missedFollowers(sources);
    for (const { id, after } of missed) await this.#queueFollower(id, after);
    if (missed.length > 0) wake();
  }

  /** @param before the name of the source that it comes after */
  async #queueFollower(sourceId: string, before: string): Promise<void> {
    const { runs, logger } = this.#options;
    await otherWork();
    const { run, created } = await runs.enqueue({
      sourceId,
      cause: 'after',
      startedBy: { type: 'system', id: 'after', name: before },
    });
    if (!created) logger.debug({ run: run.id, source: sourceId }, 'a run is under way already');
  }
}

function timeText(ms: number): string {
  return new Date(ms).toISOString();
}
