import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ChartliftError } from '../../errors.ts';
import { logDirectory } from '../lake-directory.ts';
import { formatTableId, type TableId } from '../table-id.ts';
import type { AddFile, Protocol, RemoveFile, TableMetadata, Transaction } from './actions.ts';
import { type Action, type CommitInfo, parseActions } from './actions.ts';
import { readCheckpoint } from './checkpoint-reader.ts';
import { type DeltaField, parseSchemaString } from './delta-schema.ts';
import { commitFileName } from './log-file-name.ts';
import { type LogListing, listLog } from './log-listing.ts';
import { EMPTY_STATE, replay, type TableState } from './replay.ts';
import { assertReadable } from './supported-table.ts';
import { readChecksum } from './version-checksum.ts';

/** A table as it stands at one version. */
export interface Snapshot {
  readonly id: TableId;
  /** The table's directory. */
  readonly directory: string;
  readonly version: number;
  readonly protocol: Protocol;
  readonly metadata: TableMetadata;
  readonly fields: readonly DeltaField[];
  readonly files: readonly AddFile[];
  /** Empty unless asked for. */
  readonly tombstones: readonly RemoveFile[];
  readonly transactions: readonly Transaction[];
  /** What the version's commit says of itself; null when its entry is gone. */
  readonly commitInfo: CommitInfo | null;
  /** Milliseconds since the epoch. */
  readonly committedAt: number;
  /** The newest checkpoint at or before this version. */
  readonly checkpointVersion: number | null;
}

/** Where a table is, and what it takes to read it. */
export interface SnapshotSource {
  readonly id: TableId;
  readonly directory: string;
  /** Called only when a checkpoint must be read. */
  readonly duckdb: () => Promise<DuckDBConnection>;
}

export interface SnapshotRequest {
  /** Undefined: the latest. */
  readonly version?: number;
  readonly tombstones?: boolean;
}

/** One entry of a log with the time of its commit. */
export interface LogEntry {
  readonly version: number;
  readonly actions: readonly Action[];
  readonly commitInfo: CommitInfo | null;
  /** Milliseconds since the epoch: as the commit says, else when its entry was written. */
  readonly committedAt: number;
}

function damaged(id: TableId, what: string, cause?: unknown): ChartliftError {
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
export async function readLogEntry(source: SnapshotSource, version: number): Promise<LogEntry> {
  const path = join(logDirectory(source.directory), commitFileName(version));
  try {
    const actions = parseActions(await readFile(path, 'utf8'));
    const commitInfo = actions.find((action) => action.commitInfo)?.commitInfo ?? null;
    const committedAt = commitInfo?.timestamp ?? Math.round((await stat(path)).mtimeMs);
    return { version, actions, commitInfo, committedAt };
  } catch (error) {
    throw damaged(source.id, `the entry of version ${version} is missing or broken`, error);
  }
}

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
  source: SnapshotSource,
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
    throw damaged(source.id, `the checkpoint of version ${checkpoint.version} is broken`, error);
  }
}

/**
 * The state of a table at a version, from the newest checkpoint or checksum that helps and the
 * entries after it.
 * @throws ChartliftError `table_damaged` when an entry between is missing or broken.
 */
export async function readState(
  source: SnapshotSource,
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

/**
 * Reads a table at a version, the latest by default; null when the table has no version at all.
 *
 * @throws ChartliftError `version_not_found`, `table_damaged`, `table_unsupported`
 */
export async function readSnapshot(
  source: SnapshotSource,
  request: SnapshotRequest = {},
): Promise<Snapshot | null> {
  const listing = await listLog(logDirectory(source.directory));
  const versions = readableVersions(listing);
  if (versions === null) return null;
  const [oldest, latest] = versions;
  if (oldest > latest) {
    throw damaged(source.id, 'its first entries are gone and no checkpoint covers them');
  }
  const version = request.version ?? latest;
  if (!Number.isInteger(version) || version < oldest || version > latest) {
    throw new ChartliftError(
      'version_not_found',
      `${formatTableId(source.id)} has no version ${version}.`,
      `Versions that can be read: ${oldest} to ${latest}.`,
    );
  }
  const { state, last } = await readState(source, listing, version, request.tombstones ?? false);
  const { protocol, metadata } = state;
  if (protocol === null || metadata === null) {
    throw damaged(source.id, 'it holds no protocol and metadata');
  }
  assertReadable(source.id, protocol, metadata, state.files.values());
  let fields: readonly DeltaField[];
  try {
    fields = parseSchemaString(metadata.schemaString);
  } catch (error) {
    throw damaged(source.id, 'its schema is broken', error);
  }
  return {
    id: source.id,
    directory: source.directory,
    version,
    protocol,
    metadata,
    fields,
    files: [...state.files.values()],
    tombstones: [...state.tombstones.values()],
    transactions: [...state.transactions.values()],
    commitInfo: last?.commitInfo ?? null,
    committedAt: last?.committedAt ?? metadata.createdTime ?? 0,
    checkpointVersion:
      listing.checkpoints.findLast((candidate) => candidate.version <= version)?.version ?? null,
  };
}
