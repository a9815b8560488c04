import { logDirectory } from '../lake-directory.ts';
import { readCheckpoint } from './checkpoint-reader.ts';
import { damagedLog, type LogEntry, readLogEntry, type TableSource } from './log-entry.ts';
import type { LogListing } from './log-listing.ts';
import { EMPTY_STATE, replay, type TableState } from './replay.ts';
import { readChecksum } from './version-checksum.ts';

/**
 * The versions of a log that can still be read, as `[oldest, latest]`; null for an empty log.
 * `oldest` is infinite when the log lacks its beginning and has no checkpoint.
 */
export function readableVersions(listing: LogListing): readonly [number, number] | null {
  const latest = Math.max(listing.commits.at(-1) ?? -1, listing.checkpoints.at(-1)?.version ?? -1);
  if (latest < 0) return null;
  const firstCheckpoint = listing.checkpoints[0]?.version ?? Number.POSITIVE_INFINITY;
  const oldest = listing.commits[0] === 0 ? 0 : firstCheckpoint;
  return [oldest, latest];
}

/** Where a replay begins: a version whose whole state is known. */
interface Base {
  readonly state: TableState;
  /** -1 before the first version. */
  readonly version: number;
}

async function readBase(
  source: TableSource,
  listing: LogListing,
  version: number,
  tombstones: boolean,
): Promise<Base> {
  const log = logDirectory(source.directory);
  const checkpoint = listing.checkpoints.findLast((candidate) => candidate.version <= version);
  // A checksum is small and needs no DuckDB, but it does not list tombstones.
  for (const checksum of tombstones ? [] : listing.checksums.toReversed()) {
    if (checksum > version) continue;
    if (checksum <= (checkpoint?.version ?? -1)) break;
    const actions = await readChecksum(log, checksum);
    if (actions) return { state: replay(EMPTY_STATE, actions), version: checksum };
  }
  if (!checkpoint) return { state: EMPTY_STATE, version: -1 };
  try {
    const actions = await readCheckpoint(await source.duckdb(), log, checkpoint, tombstones);
    return { state: replay(EMPTY_STATE, actions), version: checkpoint.version };
  } catch (error) {
    throw damagedLog(source.id, `the checkpoint of version ${checkpoint.version} is broken`, error);
  }
}

/**
 * The state of a table at a version, from the newest checkpoint or checksum that helps and the
 * entries after it.
 * @throws ChartliftError `table_damaged` when an entry between is missing or broken.
 */
export async function readState(
  source: TableSource,
  listing: LogListing,
  version: number,
  tombstones: boolean,
): Promise<{ state: TableState; last: LogEntry | null }> {
  const base = await readBase(source, listing, version, tombstones);
  let { state } = base;
  let last: LogEntry | null = null;
  for (let next = base.version + 1; next <= version; next += 1) {
    last = await readLogEntry(source, next);
    state = replay(state, last.actions);
  }
  if (last === null && listing.commits.includes(version))
    last = await readLogEntry(source, version);
  return { state, last };
}
