import { sql } from 'kysely';
import type { Database } from './database.ts';
import { containing, foldText } from './fold-text.ts';
import { afterCursor, pageByIds } from './newest-first.ts';
import type { Page, PageRequest } from './page.ts';
import { RUN_STATUSES, type RunCause, type RunRecord, type RunStatus } from './run-record.ts';
import { runOf } from './run-rows.ts';

/** Which runs a list shows. */
export interface RunFilter extends PageRequest {
  readonly sourceId?: string | undefined;
  /** Any of these. */
  readonly statuses?: readonly RunStatus[] | undefined;
  readonly cause?: RunCause | undefined;
  /** Part of the source's name, in any case. */
  readonly text?: string | undefined;
  /** Queued at this time (ISO 8601) or later. */
  readonly since?: string | undefined;
}

/** What waits and what goes on. */
export interface QueueState {
  readonly queued: number;
  /** With those that are canceling. */
  readonly running: number;
  readonly oldestQueuedAt: string | null;
}

/**
 * Runs, newest first.
 * @throws ChartliftError `request_invalid` for a cursor that no page gave
 */
export async function listRuns({ db }: Database, filter: RunFilter): Promise<Page<RunRecord>> {
  const { sourceId, statuses, cause, text, since, limit } = filter;
  const after = afterCursor(filter.cursor);
  // PostgreSQL has no empty list.
  if (statuses?.length === 0) return { items: [], nextCursor: null };
  let query = db.selectFrom('runs').selectAll('runs');
  if (sourceId !== undefined) query = query.where('source_id', '=', sourceId);
  if (statuses !== undefined) query = query.where('status', 'in', statuses);
  if (cause !== undefined) query = query.where('cause', '=', cause);
  if (since !== undefined) query = query.where('queued_at', '>=', since);
  if (text) {
    const pattern = containing(foldText(text));
    query = query.where('source_id', 'in', (from) =>
      from
        .selectFrom('sources')
        .select('sources.id')
        .where(sql<boolean>`name_key like ${pattern} escape '\\'`),
    );
  }
  if (after !== null) query = query.where('id', '<', after);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageByIds(rows, limit, runOf);
}

/** The latest run of each source that has one, by the source's id. */
export async function latestOf(
  { db }: Database,
  sourceIds: readonly string[],
): Promise<ReadonlyMap<string, RunRecord>> {
  if (sourceIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('sources')
    .innerJoin('runs', 'runs.source_id', 'sources.id')
    .selectAll('runs')
    .where('sources.id', 'in', sourceIds)
    .where(
      sql<boolean>`runs.id = (select max(other.id) from runs as other where other.source_id = sources.id)`,
    )
    .execute();
  return new Map(rows.map((row) => [row.source_id, runOf(row)]));
}

export async function queueState({ db }: Database): Promise<QueueState> {
  const rows = await db
    .selectFrom('runs')
    .select(({ fn }) => [
      'status',
      fn.countAll<number>().as('count'),
      fn.min('queued_at').as('oldest'),
    ])
    .where('status', 'in', ['queued', 'running', 'canceling'])
    .groupBy('status')
    .execute();
  const of = (status: RunStatus) => rows.find((row) => row.status === status);
  return {
    queued: of('queued')?.count ?? 0,
    running: (of('running')?.count ?? 0) + (of('canceling')?.count ?? 0),
    oldestQueuedAt: of('queued')?.oldest ?? null,
  };
}

/** How many runs are kept in each status. */
export async function statusCounts({ db }: Database): Promise<Readonly<Record<RunStatus, number>>> {
  const rows = await db
    .selectFrom('runs')
    .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
    .groupBy('status')
    .execute();
  const counts = new Map(rows.map(({ status, count }) => [status, count]));
  const entry = (status: RunStatus): [RunStatus, number] => [status, counts.get(status) ?? 0];
  const none = { queued: 0, running: 0, success: 0, partial: 0 };
  const noneEither = { failed: 0, canceling: 0, canceled: 0 };
  return { ...none, ...noneEither, ...Object.fromEntries(RUN_STATUSES.map(entry)) };
}
