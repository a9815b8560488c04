import { sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import { containing } from './fold-text.ts';
import { rowSlices } from './row-slices.ts';
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
    const numbered = await numberEvents(transaction, [{ runId, lines: events }]);
    const records = numbered.get(runId) ?? [];
    await insertEvents(transaction, records);
    return records;
  });
}

/** New lines of a run's log. */
export interface RunLines {
  readonly runId: string;
  readonly lines: readonly NewRunEvent[];
}

/**
 * Gives lines of some runs' logs their numbers; a run that is no more has none. The runs' rows are locked until
 * the transaction ends, so that numbers become visible in their order.
 *
 * @param added each of another run
 * @returns by the runs' ids
 */
export async function numberEvents(
  transaction: Transaction<Tables>,
  added: readonly RunLines[],
): Promise<ReadonlyMap<string, readonly RunEventRecord[]>> {
  const counts = added.map(({ runId, lines }) => sql`(${runId}, cast(${lines.length} as integer))`);
  const { rows } = await sql<{ readonly id: string; readonly event_seq: number }>`
    with added(run_id, lines) as (values ${sql.join(counts)})
    update runs set event_seq = event_seq + added.lines from added where runs.id = added.run_id
    returning id, event_seq
  `.execute(transaction);
  const last = new Map(rows.map(({ id, event_seq }) => [id, event_seq]));
  return new Map(
    added.flatMap(({ runId, lines }) => {
      const seq = last.get(runId);
      if (seq === undefined) return [];
      const first = seq - lines.length + 1;
      return [[runId, lines.map((line, index) => ({ ...line, runId, seq: first + index }))]];
    }),
  );
}

/** Adds numbered lines, of one run or of several. */
export async function insertEvents(
  transaction: Transaction<Tables>,
  records: readonly RunEventRecord[],
): Promise<void> {
  for (const some of rowSlices(records)) {
    await transaction.insertInto('run_events').values(some.map(eventRow)).execute();
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
