import type { Kysely } from 'kysely';
import { insertEvents, type NewRunEvent, numberEvents } from './run-events.ts';
import type { RunEventRecord, StreamResultRecord } from './run-record.ts';
import { resultRow } from './run-rows.ts';
import type { RunWrites } from './run-writes.ts';
import type { Tables } from './tables.ts';

/** What happened in a run since it was recorded last. */
export interface RunRecording {
  readonly runId: string;
  readonly lines: readonly NewRunEvent[];
  /** Each in place of what the stream came to before in the same run. */
  readonly results: readonly StreamResultRecord[];
  /** What streams of the run's source are called from now on. */
  readonly titles: readonly {
    readonly sourceId: string;
    readonly stream: string;
    readonly title: string;
  }[];
}

/** Keeps what happened in some runs. What belongs to a run that was removed meanwhile is left out. */
export async function recordRuns(
  writes: RunWrites,
  recordings: readonly RunRecording[],
): Promise<void> {
  await writes.run(async (transaction) => {
    const events: RunEventRecord[] = [];
    // Always in this order, so that no two processes wait for each other's rows.
    for (const { runId, lines, results, titles } of recordings.toSorted(byRun)) {
      const numbered = await numberEvents(transaction, runId, lines);
      if (numbered === null) continue;
      events.push(...numbered);
      for (const result of results) await putResult(transaction, result);
      for (const { sourceId, stream, title } of titles) {
        await transaction
          .updateTable('streams')
          .set({ title })
          .where('source_id', '=', sourceId)
          .where('name', '=', stream)
          .execute();
      }
    }
    await insertEvents(transaction, events);
  });
}

function byRun(one: RunRecording, other: RunRecording): number {
  return one.runId < other.runId ? -1 : 1;
}

/** Keeps what came of a stream, in place of what it came to before in the same run. */
export async function putResult(db: Kysely<Tables>, result: StreamResultRecord): Promise<void> {
  const { run_id, stream, ...facts } = resultRow(result);
  await db
    .insertInto('stream_results')
    .values({ run_id, stream, ...facts })
    .onConflict((conflict) => conflict.columns(['run_id', 'stream']).doUpdateSet(facts))
    .execute();
}
