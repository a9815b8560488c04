import { access } from 'node:fs/promises';
import { z } from 'zod';
import type { ContentChange } from './commit/compare-content.ts';
import type { CommitInfo } from './log/actions.ts';
import { dataFileOf } from './log/data-file-path.ts';
import { countFiles, type FileCounts } from './log/file-counts.ts';
import type { TableSource } from './log/log-entry.ts';
import { eachVersion } from './log/log-versions.ts';

/** One version of a table, as its history tells. */
export interface TableVersion extends FileCounts {
  readonly version: number;
  /** Milliseconds since the epoch; null when the log no longer tells. */
  readonly committedAt: number | null;
  /** As the commit calls itself, such as `WRITE`, `SET TBLPROPERTIES` or another engine's word. */
  readonly operation: string | null;
  /** Such as `chartlift/1.0.0`. */
  readonly engine: string | null;
  /** The run of chartlift that made the version. */
  readonly runId: string | null;
  /** Rows against the version before; null when the commit does not tell. */
  readonly change: ContentChange | null;
  /** Whether its data files are still there. */
  readonly readable: boolean;
}

const count = z.coerce.number();
const metricsSchema = z.object({
  numAddedRows: count,
  numRemovedRows: count,
  numChangedRows: count,
});

function changeOf(commitInfo: CommitInfo | null): ContentChange | null {
  const metrics = metricsSchema.safeParse(commitInfo?.operationMetrics);
  if (!metrics.success) return null;
  const { numAddedRows, numRemovedRows, numChangedRows } = metrics.data;
  return { added: numAddedRows, removed: numRemovedRows, changed: numChangedRows };
}

/**
 * Every version of a table that the log still tells, newest first.
 * @throws ChartliftError `table_damaged`
 */
export async function readHistory(source: TableSource): Promise<TableVersion[]> {
  const versions: TableVersion[] = [];
  const found = new Map<string, boolean>();
  const exists = async (path: string) => {
    const known = found.get(path);
    if (known !== undefined) return known;
    const there = await access(dataFileOf(source.directory, path)).then(
      () => true,
      () => false,
    );
    found.set(path, there);
    return there;
  };
  for await (const { version, state, entry } of eachVersion(source)) {
    let readable = true;
    for (const path of state.files.keys()) readable &&= await exists(path);
    const commitInfo = entry?.commitInfo ?? null;
    versions.push({
      version,
      committedAt: entry?.committedAt ?? null,
      operation: commitInfo?.operation ?? null,
      engine: commitInfo?.engineInfo ?? null,
      runId: commitInfo?.runId ?? null,
      change: changeOf(commitInfo),
      readable,
      ...countFiles(state.files.values()),
    });
  }
  return versions.reverse();
}
