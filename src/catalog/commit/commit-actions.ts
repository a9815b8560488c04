import { randomUUID } from 'node:crypto';
import type { Stream } from '../../stream/stream.ts';
import type { Action, AddFile, CommitInfo, RemoveFile, TableMetadata } from '../log/actions.ts';
import { formatSchemaString, hasColumns } from '../log/delta-schema.ts';
import { engineInfo } from '../log/engine-info.ts';
import type { Snapshot } from '../log/snapshot.ts';
import { PROTOCOL } from '../log/supported-table.ts';
import {
  NEW_TABLE_PROPERTIES,
  sameProperties,
  type TableLabels,
  withLabels,
} from '../log/table-properties.ts';
import type { StagedFile } from '../stage/content-stager.ts';
import type { ContentChange } from './compare-content.ts';

/** Who commits, and when. */
export interface CommitOrigin {
  /** Null for a change that is no run's. */
  readonly runId: string | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * The metadata that a table needs next: as it is, where stream and labels still fit.
 * Returns the previous object itself when nothing changed.
 */
export function nextMetadata(
  previous: Snapshot | null,
  stream: Stream,
  labels: TableLabels,
  now: number,
): TableMetadata {
  const schemaString = formatSchemaString(stream.columns);
  if (previous === null) {
    return {
      id: randomUUID(),
      name: null,
      description: stream.description,
      format: { provider: 'parquet', options: {} },
      schemaString,
      partitionColumns: [],
      createdTime: now,
      configuration: withLabels(NEW_TABLE_PROPERTIES, labels),
    };
  }
  const { metadata } = previous;
  const configuration = withLabels(metadata.configuration, labels);
  const sameSchema = hasColumns(previous.fields, stream.columns);
  if (sameSchema && sameProperties(configuration, metadata.configuration)) return metadata;
  const schema = sameSchema ? metadata.schemaString : schemaString;
  return { ...metadata, schemaString: schema, configuration };
}

/** Staged files as the log names them. */
export function addedFiles(staged: readonly StagedFile[], now: number): AddFile[] {
  return staged.map(({ name, size, stats }) => ({
    path: name,
    partitionValues: {},
    size,
    modificationTime: now,
    dataChange: true,
    stats,
  }));
}

/** Bytes of data files together. */
export function bytesOf(files: readonly AddFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** The entry of a commit that replaces the content of a table, or makes the table. */
export function contentActions(
  previous: Snapshot | null,
  metadata: TableMetadata,
  content: { readonly rows: number; readonly digest: string },
  added: readonly AddFile[],
  change: ContentChange,
  { runId, now }: CommitOrigin,
): Partial<Action>[] {
  const removed = previous?.files ?? [];
  const commitInfo: CommitInfo = {
    timestamp: now,
    operation: 'WRITE',
    operationParameters: { mode: 'Overwrite', partitionBy: '[]' },
    ...(previous ? { readVersion: previous.version } : {}),
    isBlindAppend: false,
    // Texts, as Spark writes its metrics.
    operationMetrics: {
      numFiles: String(added.length),
      numOutputRows: String(content.rows),
      numOutputBytes: String(bytesOf(added)),
      numRemovedFiles: String(removed.length),
      numAddedRows: String(change.added),
      numRemovedRows: String(change.removed),
      numChangedRows: String(change.changed),
    },
    engineInfo: engineInfo(),
    runId,
    contentDigest: content.digest,
  };
  return [
    { commitInfo },
    ...(previous ? [] : [{ protocol: PROTOCOL }]),
    ...(metadata === previous?.metadata ? [] : [{ metaData: metadata }]),
    ...removed.map((file) => ({ remove: removal(file, now) })),
    ...added.map((add) => ({ add })),
  ];
}

/** The entry of a commit that changes what the table says of itself and none of its rows. */
export function labelActions(
  previous: Snapshot,
  metadata: TableMetadata,
  { runId, now }: CommitOrigin,
  contentDigest: string | null,
): Partial<Action>[] {
  const commitInfo: CommitInfo = {
    timestamp: now,
    operation: 'SET TBLPROPERTIES',
    operationParameters: { properties: JSON.stringify(metadata.configuration) },
    readVersion: previous.version,
    isBlindAppend: false,
    operationMetrics: {},
    engineInfo: engineInfo(),
    ...(runId === null ? {} : { runId }),
    ...(contentDigest === null ? {} : { contentDigest }),
  };
  return [{ commitInfo }, { metaData: metadata }];
}

function removal(file: AddFile, now: number): RemoveFile {
  return {
    path: file.path,
    deletionTimestamp: now,
    dataChange: true,
    extendedFileMetadata: true,
    partitionValues: {},
    size: file.size,
  };
}
