import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import { rowSlices } from './row-slices.ts';
import { insertEvents, numberEvents, type RunLines } from './run-events.ts';
import type { StreamResultRecord } from './run-record.ts';
import { resultRow } from './run-rows.ts';
import type { RunWrites } from './run-writes.ts';
import type { Tables } from './tables.ts';

/** What a stream of a source is called from now on. */
export interface StreamTitle {
  readonly sourceId: string;
  readonly stream: string;
  readonly title: string;
}

/** What happened in a run since it was recorded last. */
export interface RunRecording extends RunLines {
  /** Each in place of what the stream came to before in the same run. */
  readonly results: readonly StreamResultRecord[];
  readonly titles: readonly StreamTitle[];
}

/**
 * Keeps what happened in some runs. What belongs to a run that was removed meanwhile is left out. All rows of
 * a kind go in one statement: to put one together and to hand it over takes longer than to add a row.
 *
 * @param recordings each of another run
 */
export async function recordRuns(
  { dialect }: Pick<Database, 'dialect'>,
  writes: RunWrites,
  recordings: readonly RunRecording[],
): Promise<void> {
  await writes.run(async (transaction) => {
    const ids = recordings.map(({ runId }) => runId);
    if (dialect === 'postgres') await lockRuns(transaction, ids);
    const numbered = await numberEvents(transaction, recordings);
    await insertEvents(transaction, [...numbered.values()].flat());
    const kept = recordings.filter(({ runId }) => numbered.has(runId));
    for (const results of rowSlices(kept.flatMap((recording) => recording.results))) {
      await putResults(transaction, results);
    }
    for (const titles of rowSlices(kept.flatMap((recording) => recording.titles))) {
      await putTitles(transaction, titles);
    }
  });
}

/** Always in the same order, so that no two processes wait for each other's rows. */
async function lockRuns(transaction: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  await transaction
    .selectFrom('runs')
    .select('id')
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Keeps what came of streams, in place of what they came to before in the same run. */
export async function putResults(
  db: Kysely<Tables>,
  results: readonly StreamResultRecord[],
): Promise<void> {
  const rows = lastOfEach(results, ({ runId, stream }) => [runId, stream]).map(resultRow);
  await db
    .insertInto('stream_results')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['run_id', 'stream']).doUpdateSet(({ ref }) => ({
        table_name: ref('excluded.table_name'),
        title: ref('excluded.title'),
        status: ref('excluded.status'),
        rows: ref('excluded.rows'),
        version: ref('excluded.version'),
        bytes: ref('excluded.bytes'),
        change: ref('excluded.change'),
        duration_ms: ref('excluded.duration_ms'),
        attempts: ref('excluded.attempts'),
        warnings: ref('excluded.warnings'),
        error: ref('excluded.error'),
        ended_at: ref('excluded.ended_at'),
      })),
    )
    .execute();
}

async function putTitles(
  transaction: Transaction<Tables>,
  titles: readonly StreamTitle[],
): Promise<void> {
  const rows = lastOfEach(titles, ({ sourceId, stream }) => [sourceId, stream]).map(
    ({ sourceId, stream, title }) => sql`(${sourceId}, ${stream}, ${title})`,
  );
  await sql`
    with called(source_id, stream, title) as (values ${sql.join(rows)})
    update streams set title = called.title from called
    where streams.source_id = called.source_id and streams.name = called.stream
  `.execute(transaction);
}

/** A statement may change each row once. */
function lastOfEach<Row>(rows: readonly Row[], keyOf: (row: Row) => readonly string[]): Row[] {
  return [...new Map(rows.map((row) => [JSON.stringify(keyOf(row)), row])).values()];
}
