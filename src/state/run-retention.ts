import { sql } from 'kysely';
import type { Database } from './database.ts';
import { ACTIVE_STATUSES } from './run-record.ts';

/** Which runs are kept; what is beyond either limit goes. */
export interface RunRetention {
  /** The latest runs of each source, at least 1. */
  readonly keepPerSource: number;
  /** Of runs that ended before this time (ISO 8601) none is kept. */
  readonly endedBefore: string;
}

/** Runs that are removed in one transaction, so that nobody else waits long to write. */
const RUNS_AT_ONCE = 200;

/**
 * Removes old runs with their results and logs. Never one that has not ended, never the latest of a source.
 * @returns how many
 */
export async function pruneRuns(
  { db }: Database,
  { keepPerSource, endedBefore }: RunRetention,
): Promise<number> {
  const offset = sql.lit(Math.max(1, Math.floor(keepPerSource)) - 1);
  let removed = 0;
  for (;;) {
    const rows = await db
      .selectFrom('sources')
      .innerJoin('runs', 'runs.source_id', 'sources.id')
      .select('runs.id')
      .where('runs.status', 'not in', ACTIVE_STATUSES)
      .where(
        sql<boolean>`runs.id < (select max(other.id) from runs as other where other.source_id = sources.id)`,
      )
      .where(({ eb, or }) =>
        or([
          eb('runs.ended_at', '<', endedBefore),
          sql<boolean>`runs.id < (select other.id from runs as other
            where other.source_id = sources.id order by other.id desc limit 1 offset ${offset})`,
        ]),
      )
      .limit(RUNS_AT_ONCE)
      .execute();
    if (rows.length === 0) return removed;
    const { numDeletedRows } = await db
      .deleteFrom('runs')
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .executeTakeFirst();
    removed += Number(numDeletedRows);
  }
}
