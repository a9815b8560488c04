import { type Selectable, sql, type Transaction } from 'kysely';
import { ChartliftError } from '../errors.ts';
import type { Database } from './database.ts';
import { newId } from './id.ts';
import { ACTIVE_STATUSES, type ErrorRecord, type RunRecord, type RunStatus } from './run-record.ts';
import { runOf, written } from './run-rows.ts';
import type { RunWrites } from './run-writes.ts';
import type { RunsTable, Tables } from './tables.ts';
import { ACTIVE_RUNS, isUniqueViolation } from './unique-violation.ts';

/** A run that is asked for. */
export interface RunRequest extends Pick<RunRecord, 'sourceId' | 'cause' | 'startedBy'> {
  /** ISO 8601. */
  readonly scheduledFor?: string | null | undefined;
  readonly retryOf?: string | null | undefined;
  /** Absent: all that are selected. */
  readonly streams?: readonly string[] | null | undefined;
  /** When the source runs next by its trigger, ISO 8601, which is then kept with the run. Absent: as it is. */
  readonly nextRunAt?: string | null | undefined;
}

/** A run that was asked for, or the one that the source had already. */
export interface EnqueuedRun {
  readonly run: RunRecord;
  readonly created: boolean;
}

/** How a run ends. */
export interface RunEnd {
  readonly status: 'success' | 'partial' | 'failed' | 'canceled';
  readonly error: ErrorRecord | null;
}

/** How many runs may go on at once. */
export interface ClaimLimits {
  /** In one limit group. */
  readonly perGroup: number;
  /** Ids of runs that do not count. Default: all do. */
  readonly besides?: readonly string[];
}

/** Statuses of a run that some process has. */
const TAKEN: readonly RunStatus[] = ['running', 'canceling'];

/**
 * Queues a run of a source, unless the source has one that has not ended. An index holds that there is never
 * more than one, whoever asks at the same time.
 *
 * @param now in ms since the Unix epoch
 * @throws ChartliftError `not_found` without such a source
 */
export async function enqueue(
  writes: RunWrites,
  request: RunRequest,
  now: number,
): Promise<EnqueuedRun> {
  for (;;) {
    try {
      return await writes.run((transaction) => insertRun(transaction, request, now));
    } catch (error) {
      if (isForeignKeyViolation(error)) throw noSource(request.sourceId, error);
      // Somebody else was quicker: their run is returned, or, should it have ended already, this one queued.
      if (!isUniqueViolation(error, ACTIVE_RUNS)) throw error;
    }
  }
}

async function insertRun(
  transaction: Transaction<Tables>,
  request: RunRequest,
  now: number,
): Promise<EnqueuedRun> {
  const { sourceId, nextRunAt } = request;
  if (nextRunAt !== undefined) {
    await transaction
      .updateTable('sources')
      .set({ next_run_at: nextRunAt })
      .where('id', '=', sourceId)
      .execute();
  }
  const known = await transaction
    .selectFrom('runs')
    .selectAll()
    .where('source_id', '=', sourceId)
    .where('status', 'in', ACTIVE_STATUSES)
    .executeTakeFirst();
  if (known !== undefined) return { run: runOf(known), created: false };
  const row = await transaction
    .insertInto('runs')
    .values(newRun(request, now))
    .returningAll()
    .executeTakeFirstOrThrow();
  return { run: runOf(row), created: true };
}

function newRun(request: RunRequest, now: number): Selectable<RunsTable> {
  return {
    id: newId('run', now),
    source_id: request.sourceId,
    status: 'queued',
    cause: request.cause,
    started_by: JSON.stringify(request.startedBy),
    retry_of: request.retryOf ?? null,
    streams: written(request.streams),
    scheduled_for: request.scheduledFor ?? null,
    queued_at: iso(now),
    started_at: null,
    ended_at: null,
    attempt: 0,
    error: null,
    lease_owner: null,
    lease_until: null,
    event_seq: 0,
  };
}

/**
 * Takes the run whose turn it is: of the limit groups with less than `perGroup` runs going on (beside those with
 * the ids `besides`), the one with the fewest; in it, the one that waits longest. Null: there is none.
 *
 * @param now in ms since the Unix epoch
 */
export async function claim(
  writes: RunWrites,
  { dialect }: Database,
  owner: string,
  leaseMs: number,
  { perGroup, besides = [] }: ClaimLimits,
  now: number,
): Promise<RunRecord | null> {
  return writes.run(async (transaction) => {
    // Who takes a run counts what the others took: one after the other. In SQLite it is so anyway.
    if (dialect === 'postgres') await waitForTurn(transaction);
    const next = await transaction
      .selectFrom('runs')
      .innerJoin('sources', 'sources.id', 'runs.source_id')
      .leftJoin(groupsAtWork(transaction, besides), 'at_work.limit_group', 'sources.limit_group')
      .select('runs.id')
      .where('runs.status', '=', 'queued')
      .where(({ fn, val }) => fn.coalesce('at_work.count', val(0)), '<', perGroup)
      .orderBy(({ fn, val }) => fn.coalesce('at_work.count', val(0)))
      .orderBy('runs.queued_at')
      .orderBy('runs.id')
      .limit(1)
      .executeTakeFirst();
    if (next === undefined) return null;
    const row = await transaction
      .updateTable('runs')
      .set(({ fn, val, eb }) => ({
        status: 'running',
        started_at: fn.coalesce('started_at', val(iso(now))),
        attempt: eb('attempt', '+', 1),
        lease_owner: owner,
        lease_until: iso(now + leaseMs),
      }))
      .where('id', '=', next.id)
      // In PostgreSQL it may have been canceled since it was found.
      .where('status', '=', 'queued')
      .returningAll()
      .executeTakeFirst();
    return row === undefined ? null : runOf(row);
  });
}

function groupsAtWork(transaction: Transaction<Tables>, besides: readonly string[]) {
  return transaction
    .selectFrom('runs')
    .innerJoin('sources', 'sources.id', 'runs.source_id')
    .select(({ fn }) => ['sources.limit_group', fn.countAll<number>().as('count')])
    .where('runs.status', 'in', TAKEN)
    .$if(besides.length > 0, (query) => query.where('runs.id', 'not in', besides))
    .groupBy('sources.limit_group')
    .as('at_work');
}

async function waitForTurn(transaction: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('chartlift queue'), hashtext(current_schema()))`.execute(
    transaction,
  );
}

/**
 * Keeps the runs of a process its own for longer.
 *
 * @param now in ms since the Unix epoch
 * @returns those that it still has, with the status that each is in
 */
export async function renew(
  { db }: Database,
  owner: string,
  leaseMs: number,
  now: number,
): Promise<readonly Pick<RunRecord, 'id' | 'status'>[]> {
  return db
    .updateTable('runs')
    .set({ lease_until: iso(now + leaseMs) })
    .where('status', 'in', TAKEN)
    .where('lease_owner', '=', owner)
    .returning(['id', 'status'])
    .execute();
}

/**
 * Asks for the end of a run: one that is queued is canceled at once, one that is running becomes canceling.
 * A run that has ended, or is canceling already, stays as it is.
 *
 * @param now in ms since the Unix epoch
 * @returns the run afterwards
 * @throws ChartliftError `not_found`
 */
export async function requestCancel({ db }: Database, id: string, now: number): Promise<RunRecord> {
  await db
    .updateTable('runs')
    .set(({ case: when, ref, val }) => ({
      ended_at: when().when('status', '=', 'queued').then(iso(now)).else(ref('ended_at')).end(),
      status: when()
        .when('status', '=', 'queued')
        .then(val<RunStatus>('canceled'))
        .else(val<RunStatus>('canceling'))
        .end(),
    }))
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'running'])
    .execute();
  const row = await db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst();
  if (row !== undefined) return runOf(row);
  throw new ChartliftError(
    'not_found',
    `There is no run ${id}.`,
    'List the runs; old ones are removed after some time.',
  );
}

/**
 * Ends a run.
 *
 * @param now in ms since the Unix epoch
 * @returns false if `owner` does not have it any more; then nothing has changed
 */
export async function finish(
  writes: RunWrites,
  id: string,
  owner: string,
  end: RunEnd,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await writes.run((transaction) =>
    transaction
      .updateTable('runs')
      .set({
        status: end.status,
        error: written(end.error),
        ended_at: iso(now),
        lease_owner: null,
        lease_until: null,
      })
      .where('id', '=', id)
      .where('lease_owner', '=', owner)
      .where('status', 'in', TAKEN)
      .executeTakeFirst(),
  );
  return numUpdatedRows > 0n;
}

/** Which runs of processes that do not go on with them are meant. */
export type Abandoned =
  | { readonly id: string; readonly owner: string }
  | { readonly notOwner: string }
  | { readonly expiredBefore: string };

/**
 * Puts runs back into the queue that nobody goes on with; those that were to be canceled are canceled.
 *
 * @param now in ms since the Unix epoch
 * @returns the runs that changed, as they are now
 */
export async function release(
  { db }: Database,
  which: Abandoned,
  now: number,
): Promise<readonly RunRecord[]> {
  let query = db
    .updateTable('runs')
    .set(({ case: when, ref, val }) => ({
      ended_at: when().when('status', '=', 'canceling').then(iso(now)).else(ref('ended_at')).end(),
      status: when()
        .when('status', '=', 'canceling')
        .then(val<RunStatus>('canceled'))
        .else(val<RunStatus>('queued'))
        .end(),
      lease_owner: null,
      lease_until: null,
    }))
    .where('status', 'in', TAKEN);
  if ('id' in which) {
    query = query.where('id', '=', which.id).where('lease_owner', '=', which.owner);
  } else if ('notOwner' in which) {
    query = query.where('lease_owner', '<>', which.notOwner);
  } else {
    query = query.where('lease_until', '<', which.expiredBefore);
  }
  return (await query.returningAll().execute()).map(runOf);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** SQLITE_CONSTRAINT_FOREIGNKEY, and `foreign_key_violation` of PostgreSQL. */
function isForeignKeyViolation(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  return (
    ('errcode' in thrown && thrown.errcode === 787) || ('code' in thrown && thrown.code === '23503')
  );
}

function noSource(id: string, cause: unknown): ChartliftError {
  return new ChartliftError(
    'not_found',
    `There is no source ${id}.`,
    'List the sources; it may have been deleted.',
    { cause },
  );
}
