import { ChartliftError } from '../../errors.ts';
import { logDirectory } from '../lake-directory.ts';
import { formatTableId, type TableId } from '../table-id.ts';
import type {
  AddFile,
  CommitInfo,
  Protocol,
  RemoveFile,
  TableMetadata,
  Transaction,
} from './actions.ts';
import { type DeltaField, parseSchemaString } from './delta-schema.ts';
import { damagedLog, type TableSource } from './log-entry.ts';
import { listLog } from './log-listing.ts';
import { assertReadable } from './supported-table.ts';
import { readableVersions, readState } from './table-state.ts';

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

export interface SnapshotRequest {
  /** Undefined: the latest. */
  readonly version?: number;
  readonly tombstones?: boolean;
}

/**
 * Reads a table at a version, the latest by default; null when the table has no version at all.
 *
 * @throws ChartliftError `version_not_found`, `table_damaged`, `table_unsupported`
 */
export async function readSnapshot(
  source: TableSource,
  request: SnapshotRequest = {},
): Promise<Snapshot | null> {
  const listing = await listLog(logDirectory(source.directory));
  const versions = readableVersions(listing);
  if (versions === null) return null;
  const [oldest, latest] = versions;
  if (oldest > latest) {
    throw damagedLog(source.id, 'its first entries are gone and no checkpoint covers them');
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
    throw damagedLog(source.id, 'it holds no protocol and metadata');
  }
  assertReadable(source.id, protocol, metadata, state.files.values());
  let fields: readonly DeltaField[];
  try {
    fields = parseSchemaString(metadata.schemaString);
  } catch (error) {
    throw damagedLog(source.id, 'its schema is broken', error);
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
