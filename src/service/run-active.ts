import { ChartliftError } from '../errors.ts';
import { ACTIVE_STATUSES, type RunRecord } from '../state/run-record.ts';
import type { RunStore } from '../state/runs.ts';

/** The error for what cannot be done while a source is being run. */
export function runActive(run: RunRecord): ChartliftError {
  return new ChartliftError(
    'run_active',
    `The source is being run (${run.id}, ${run.status}).`,
    `Wait for the end of the run, or cancel it: /api/v1/runs/${run.id}.`,
  );
}

/** @throws ChartliftError `run_active` while one of these sources is being run */
export async function refuseWhileActive(
  runs: RunStore,
  sourceIds: ReadonlySet<string>,
): Promise<void> {
  const statuses = [...ACTIVE_STATUSES];
  let cursor: string | undefined;
  do {
    const page = await runs.list({ statuses, limit: 200, cursor });
    const run = page.items.find(({ sourceId }) => sourceIds.has(sourceId));
    if (run !== undefined) throw runActive(run);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
