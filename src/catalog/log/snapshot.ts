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

/** The versions of a log that can still be read, as `[oldest, latest]`; null for an empty log. */
export function readableVersions(listing: LogListing): readonly [number, number] | null {
  const latest = Math.max(listing.commits.at(-1) ?? -1, listing.checkpoints.at(-1)?.version ?? -1);
  if (latest < 0) return null;
  const firstCheckpoint = listing.checkpoints[0]?.version ?? Number.POSITIVE_INFINITY;
  const oldest = listing.commits[0] === 0 ? 0 : firstCheckpoint;
  return [oldest, latest];
}

/**
 * The state of a table at a version, from the newest checkpoint that helps and the entries after it.
 * @throws ChartliftError `table_damaged` when an entry between is missing or broken.
 */
export async function readState(
  source: SnapshotSource,
  listing: LogListing,
  version: number,
  tombstones: boolean,
): Promise<{ state: TableState; last: LogEntry | null }> {
  const checkpoint = listing.checkpoints.findLast((candidate) => candidate.version <= version);
  let state = EMPTY_STATE;
  if (checkpoint) {
    const log = logDirectory(source.directory);
    try {
      state = replay(
        state,
        await readCheckpoint(await source.duckdb(), log, checkpoint, tombstones),
      );
    } catch (error) {
      throw damaged(source.id, `the checkpoint of version ${checkpoint.version} is broken`, error);
    }
  }
  let last: LogEntry | null = null;
  for (let next = (checkpoint?.version ?? -1) + 1; next <= version; next += 1) {
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
