import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ChartliftError } from '../../errors.ts';
import { readText } from '../at-once.ts';
import { logDirectory } from '../lake-directory.ts';
import { formatTableId, type TableId } from '../table-id.ts';
import { type Action, type CommitInfo, parseActions } from './actions.ts';
import { commitFileName } from './log-file-name.ts';

/** Where a table is, and what it takes to read its log. */
export interface TableSource {
  readonly id: TableId;
  readonly directory: string;
  /** Called only when a checkpoint must be read. */
  readonly duckdb: () => Promise<DuckDBConnection>;
}

/** One entry of a log with the time of its commit. */
export interface LogEntry {
  readonly version: number;
  readonly actions: readonly Action[];
  readonly commitInfo: CommitInfo | null;
  /** Milliseconds since the epoch: as the commit says, else when its entry was written. */
  readonly committedAt: number;
}

/** The error for a log that cannot be read. */
export function damagedLog(id: TableId, what: string, cause?: unknown): ChartliftError {
  return new ChartliftError(
    'table_damaged',
    `The log of ${formatTableId(id)} cannot be read: ${what}.`,
    'Restore the files of its _delta_log directory from a copy, or move the table away and sync again.',
    { cause },
  );
}

/**
 * Reads one log entry.
 * @throws ChartliftError `table_damaged` when it is not there or no entry.
 */
export async function readLogEntry(source: TableSource, version: number): Promise<LogEntry> {
  const path = join(logDirectory(source.directory), commitFileName(version));
  try {
    const actions = parseActions(await readText(path));
    const commitInfo = actions.find((action) => action.commitInfo)?.commitInfo ?? null;
    const committedAt = commitInfo?.timestamp ?? Math.round((await stat(path)).mtimeMs);
    return { version, actions, commitInfo, committedAt };
  } catch (error) {
    throw damagedLog(source.id, `the entry of version ${version} is missing or broken`, error);
  }
}
