import { logDirectory } from '../lake-directory.ts';
import { type LogEntry, readLogEntry, type TableSource } from './log-entry.ts';
import { listLog } from './log-listing.ts';
import { EMPTY_STATE, replay, type TableState } from './replay.ts';
import { readableVersions, readState } from './table-state.ts';

/** One version of a table with its whole state. */
export interface TableAtVersion {
  readonly version: number;
  readonly state: TableState;
  /** Null for the oldest version when only a checkpoint is left of it. */
  readonly entry: LogEntry | null;
}

/**
 * Goes through every version that the log can still tell, oldest first.
 * Reads each entry once, and a checkpoint only where the log no longer begins at version 0.
 *
 * @throws ChartliftError `table_damaged`
 */
export async function* eachVersion(source: TableSource): AsyncGenerator<TableAtVersion> {
  const listing = await listLog(logDirectory(source.directory));
  const versions = readableVersions(listing);
  if (versions === null) return;
  const [oldest, latest] = versions;
  let state = EMPTY_STATE;
  for (let version = oldest; version <= latest; version += 1) {
    if (version === oldest && oldest > 0) {
      const { state: first, last } = await readState(source, listing, version, false);
      state = first;
      yield { version, state, entry: last };
      continue;
    }
    const entry = await readLogEntry(source, version);
    state = replay(state, entry.actions);
    yield { version, state, entry };
  }
}
