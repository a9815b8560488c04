import { sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import { containing } from './fold-text.ts';
import type { RunEventRecord } from './run-record.ts';
import { eventOf, eventRow } from './run-rows.ts';
import type { RunWrites } from './run-writes.ts';
import type { Tables } from './tables.ts';

/** A line of a run's log before it has its number. */
export type NewRunEvent = Omit<RunEventRecord, 'runId' | 'seq'>;

/** Which lines of a run's log are wanted. */
export interface RunEventFilter {
  /** Only what has a higher `seq`. 0: from the beginning. */
  readonly after: number;
  /** Lines at most. */
  readonly limit: number;
  /** This level or a graver one. */
  readonly level?: RunEventRecord['level'] | undefined;
  /** Part of the message or of the stream's name; the case of ASCII letters makes no difference. */
  readonly text?: string | undefined;
}

const LEVELS: readonly RunEventRecord['level'][] = ['debug', 'info', 'warn', 'error'];

/** Statements hold so many values at most; SQLite allows 32,766 (sqlite.org/limits.html). */
const EVENTS_AT_ONCE = 1_000;

/**
 * Adds lines to a run's log. Whoever reads it never sees a `seq` before those below it.
 *
 * @returns the lines with their numbers; none if there is no such run any more
 */
export async function appendEvents(
  writes: RunWrites,
  runId: string,
  events: readonly NewRunEvent[],
): Promise<readonly RunEventRecord[]> {
  return writes.run(async (transaction) => {
    const records = (await numberEvents(transaction, runId, events)) ?? [];
    await insertEvents(transaction, records);
    return records;
  });
}

/**
 * Gives lines of a run's log their numbers; null if there is no such run any more. The run's row is locked
 * until the transaction ends, so that numbers become visible in their order.
 */
export async function numberEvents(
  transaction: Transaction<Tables>,
  runId: string,
  events: readonly NewRunEvent[],
): Promise<readonly RunEventRecord[] | null> {
  const run = await transaction
    .updateTable('runs')
    .set(({ eb }) => ({ event_seq: eb('event_seq', '+', events.length) }))
    .where('id', '=', runId)
    .returning('event_seq')
    .executeTakeFirst();
  if (run === undefined) return null;
  const first = run.event_seq - events.length + 1;
  return events.map((event, index) => ({ ...event, runId, seq: first + index }));
}

/** Adds numbered lines, of one run or of several. */
export async function insertEvents(
  transaction: Transaction<Tables>,
  records: readonly RunEventRecord[],
): Promise<void> {
  for (let start = 0; start < records.length; start += EVENTS_AT_ONCE) {
    await transaction
      .insertInto('run_events')
      .values(records.slice(start, start + EVENTS_AT_ONCE).map(eventRow))
      .execute();
  }
}

/** Lines of a run's log in their order. */
export async function listEvents(
  { db }: Database,
  runId: string,
  { after, limit, level, text }: RunEventFilter,
): Promise<readonly RunEventRecord[]> {
  let query = db
    .selectFrom('run_events')
    .selectAll()
    .where('run_id', '=', runId)
    .where('seq', '>', after);
  if (level !== undefined) {
    query = query.where('level', 'in', LEVELS.slice(LEVELS.indexOf(level)));
  }
  if (text) {
    const pattern = containing(text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()));
    query = query.where(({ or }) =>
      or([
        sql<boolean>`lower(message) like ${pattern} escape '\\'`,
        sql<boolean>`lower(stream) like ${pattern} escape '\\'`,
      ]),
    );
  }
  return (await query.orderBy('seq').limit(limit).execute()).map(eventOf);
}
