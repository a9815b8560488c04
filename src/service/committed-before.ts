import { openLakeReader } from '../catalog/lake-reader.ts';
import { formatTableId } from '../catalog/table-id.ts';
import { ChartliftError } from '../errors.ts';
import type { RunRecord, StreamResultRecord } from '../state/run-record.ts';
import type { StreamRecord } from '../state/source-record.ts';

/** The name of one attempt of a run in the lake, where a name is used once. */
export function attemptId({ id, attempt }: Pick<RunRecord, 'id' | 'attempt'>): string {
  return attempt > 1 ? `${id}-${attempt}` : id;
}

/**
 * Results that an earlier attempt of a run owes: it committed the table and died before it could say so.
 * The table's own history tells.
 */
export async function committedBefore(
  lake: string,
  run: RunRecord,
  streams: readonly StreamRecord[],
): Promise<readonly StreamResultRecord[]> {
  if (run.attempt <= 1) return [];
  const attempts = new Set(
    Array.from({ length: run.attempt }, (_, index) =>
      attemptId({ id: run.id, attempt: index + 1 }),
    ),
  );
  const reader = await openLakeReader(lake);
  try {
    const results: StreamResultRecord[] = [];
    for (const stream of streams) {
      const versions = await reader.history(stream).catch(noneIfNotThere);
      const own = versions.find(({ runId }) => runId !== null && attempts.has(runId));
      if (own === undefined) continue;
      results.push({
        runId: run.id,
        stream: stream.name,
        table: formatTableId(stream),
        title: stream.title,
        status: own.rows === 0 ? 'empty' : 'success',
        rows: own.rows,
        version: own.version,
        bytes: own.bytes,
        change: own.change,
        durationMs: 0,
        attempts: 0,
        warnings: [
          {
            code: 'committed_before',
            message:
              'The version was committed just before the service died; how long it took is not known.',
          },
        ],
        error: null,
        endedAt: new Date(own.committedAt ?? Date.parse(run.queuedAt)).toISOString(),
      });
    }
    return results;
  } finally {
    await reader.close();
  }
}

/** A table that is not there, or damaged, has no version of the run: the next commit tells the rest. */
function noneIfNotThere(error: unknown): [] {
  if (error instanceof ChartliftError && error.code.startsWith('table_')) return [];
  throw error;
}
