import type { Clock } from '../clock.ts';
import type { Database } from './database.ts';
import type { Page } from './page.ts';
import { appendEvents, listEvents, type NewRunEvent, type RunEventFilter } from './run-events.ts';
import {
  latestOf,
  listRuns,
  type QueueState,
  queueState,
  type RunFilter,
  statusCounts,
} from './run-listing.ts';
import {
  type ClaimLimits,
  claim,
  type EnqueuedRun,
  enqueue,
  finish,
  type RunEnd,
  type RunRequest,
  release,
  renew,
  requestCancel,
} from './run-queue.ts';
import type { RunEventRecord, RunRecord, RunStatus, StreamResultRecord } from './run-record.ts';
import { putResults, type RunRecording, recordRuns } from './run-recording.ts';
import { pruneRuns } from './run-retention.ts';
import { resultOf, runOf } from './run-rows.ts';
import { RunWrites } from './run-writes.ts';

/**
 * Runs: the queue of those to come, who has which, and what came of them.
 *
 * A process that runs something is an owner. It holds a run by a lease, which it renews; a run whose owner is
 * gone is given to another one. An owner that lost a run changes it no more.
 */
export class RunStore {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #writes: RunWrites;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    this.#writes = new RunWrites(database);
  }

  /**
   * Queues a run, unless the source has one that has not ended, which is given instead (`created` is false).
   * @throws ChartliftError `not_found` without such a source
   */
  enqueue(request: RunRequest): Promise<EnqueuedRun> {
    return enqueue(this.#writes, request, this.#clock.now());
  }

  /**
   * Takes the run whose turn it is: of the limit groups with less than `perGroup` runs going on (beside those
   * with the ids `besides`), the one with the fewest; in it, the one that waits longest. Null: there is none.
   */
  claim(owner: string, leaseMs: number, limits: ClaimLimits): Promise<RunRecord | null> {
    return claim(this.#writes, this.#database, owner, leaseMs, limits, this.#clock.now());
  }

  /** Keeps the owner's runs its own for longer. Returns those that it still has. */
  renew(owner: string, leaseMs: number): Promise<readonly Pick<RunRecord, 'id' | 'status'>[]> {
    return renew(this.#database, owner, leaseMs, this.#clock.now());
  }

  /**
   * A queued run is canceled at once, a running one becomes canceling; any other stays as it is.
   * @returns the run afterwards
   * @throws ChartliftError `not_found`
   */
  requestCancel(id: string): Promise<RunRecord> {
    return requestCancel(this.#database, id, this.#clock.now());
  }

  /** Ends a run. False if `owner` does not have it any more; then nothing has changed. */
  finish(id: string, owner: string, end: RunEnd): Promise<boolean> {
    return finish(this.#writes, id, owner, end, this.#clock.now());
  }

  /** Gives a run back to the queue; one that is canceling is canceled. False if `owner` does not have it. */
  async requeue(id: string, owner: string): Promise<boolean> {
    const released = await release(this.#database, { id, owner }, this.#clock.now());
    return released.length > 0;
  }

  /**
   * Takes every run from all other owners, and queues it again: for the start of the only process that runs
   * any. Those that were canceling are canceled.
   *
   * @returns ids of all that were taken
   */
  async reclaim(owner: string): Promise<readonly string[]> {
    return idsOf(await release(this.#database, { notOwner: owner }, this.#clock.now()));
  }

  /**
   * Takes the runs whose lease has ended before `now` (ISO 8601) from their owners, and queues them again.
   * Those that were canceling are canceled.
   *
   * @returns ids of all that were taken
   */
  async expired(now: string): Promise<readonly string[]> {
    return idsOf(await release(this.#database, { expiredBefore: now }, this.#clock.now()));
  }

  /** Keeps what came of a stream, in place of what it came to before in the same run. */
  async recordStream(result: StreamResultRecord): Promise<void> {
    await putResults(this.#database.db, [result]);
  }

  /**
   * Keeps what happened in some runs, all of it or nothing. Where many run at once, one transaction for all
   * waits for the disk once.
   */
  record(recordings: readonly RunRecording[]): Promise<void> {
    return recordRuns(this.#database, this.#writes, recordings);
  }

  /** What came of the streams of a run, in the order in which they ended. */
  async results(runId: string): Promise<readonly StreamResultRecord[]> {
    const rows = await this.#database.db
      .selectFrom('stream_results')
      .selectAll()
      .where('run_id', '=', runId)
      .orderBy('ended_at')
      .orderBy('stream')
      .execute();
    return rows.map(resultOf);
  }

  /** Adds lines to a run's log. Returns them with their numbers; none if there is no such run any more. */
  appendEvents(runId: string, events: readonly NewRunEvent[]): Promise<readonly RunEventRecord[]> {
    return appendEvents(this.#writes, runId, events);
  }

  /** Lines of a run's log in their order. */
  events(runId: string, filter: RunEventFilter): Promise<readonly RunEventRecord[]> {
    return listEvents(this.#database, runId, filter);
  }

  async get(id: string): Promise<RunRecord | null> {
    const row = await this.#database.db
      .selectFrom('runs')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : runOf(row);
  }

  /**
   * Newest first.
   * @throws ChartliftError `request_invalid` for a cursor that no page gave
   */
  list(filter: RunFilter): Promise<Page<RunRecord>> {
    return listRuns(this.#database, filter);
  }

  /** The latest run of each source that has one, by the source's id. */
  latestOf(sourceIds: readonly string[]): Promise<ReadonlyMap<string, RunRecord>> {
    return latestOf(this.#database, sourceIds);
  }

  queue(): Promise<QueueState> {
    return queueState(this.#database);
  }

  /** How many runs are kept in each status. */
  statusCounts(): Promise<Readonly<Record<RunStatus, number>>> {
    return statusCounts(this.#database);
  }

  /**
   * Removes runs, with results and logs, that are not among the latest `keepPerSource` of their source or
   * that ended more than `olderThanMs` ago. Never one that has not ended, never the latest of a source.
   *
   * @returns how many
   */
  prune(limits: { readonly keepPerSource: number; readonly olderThanMs: number }): Promise<number> {
    const endedBefore = new Date(this.#clock.now() - limits.olderThanMs).toISOString();
    return pruneRuns(this.#database, { keepPerSource: limits.keepPerSource, endedBefore });
  }
}

function idsOf(runs: readonly RunRecord[]): readonly string[] {
  return runs.map(({ id }) => id);
}
