import { ChartliftError } from '../../errors.ts';
import { formatTableId, type TableId } from '../table-id.ts';
import type { AddFile, Protocol, TableMetadata } from './actions.ts';
import type { DeltaField } from './delta-schema.ts';

/** What chartlift implements (DESIGN §2.3; Delta protocol, "Requirements for Readers" and "… for Writers"). */
export const PROTOCOL: Protocol = { minReaderVersion: 1, minWriterVersion: 2 };

function unsupported(id: TableId, what: string, hint: string): ChartliftError {
  return new ChartliftError('table_unsupported', `${formatTableId(id)} ${what}.`, hint);
}

const READ_ELSEWHERE = 'Read this table with another engine, or rewrite it without that feature.';

/**
 * Refuses to read a table that needs more than reader version 1, rather than showing it wrong.
 * @throws ChartliftError `table_unsupported`, naming the feature.
 */
export function assertReadable(
  id: TableId,
  protocol: Protocol,
  metadata: TableMetadata,
  files: Iterable<AddFile>,
): void {
  if (protocol.minReaderVersion > PROTOCOL.minReaderVersion) {
    const features = protocol.readerFeatures ?? [];
    const named = features.length > 0 ? ` (${features.join(', ')})` : '';
    const what = `needs Delta reader version ${protocol.minReaderVersion}${named}`;
    throw unsupported(id, `${what}; chartlift reads version 1`, READ_ELSEWHERE);
  }
  const mapping = metadata.configuration['delta.columnMapping.mode'] ?? 'none';
  if (mapping !== 'none') throw unsupported(id, 'uses column mapping', READ_ELSEWHERE);
  if (metadata.partitionColumns.length > 0) {
    const columns = metadata.partitionColumns.join(', ');
    throw unsupported(id, `is partitioned by ${columns}`, READ_ELSEWHERE);
  }
  if (metadata.format.provider !== 'parquet') {
    throw unsupported(id, `holds ${metadata.format.provider} files`, READ_ELSEWHERE);
  }
  for (const file of files) {
    if (file.deletionVector) throw unsupported(id, 'uses deletion vectors', READ_ELSEWHERE);
  }
}

/**
 * Refuses to replace the content of a table that asks more of a writer than chartlift does.
 * @throws ChartliftError `table_unsupported`, naming the feature.
 */
export function assertWritable(
  id: TableId,
  protocol: Protocol,
  metadata: TableMetadata,
  fields: readonly DeltaField[],
): void {
  const hint = 'Choose another table name, or remove the feature from this table.';
  if (protocol.minWriterVersion > PROTOCOL.minWriterVersion) {
    const features = protocol.writerFeatures ?? [];
    const named = features.length > 0 ? ` (${features.join(', ')})` : '';
    const what = `needs Delta writer version ${protocol.minWriterVersion}${named}`;
    throw unsupported(id, `${what}; chartlift writes version 2`, hint);
  }
  if (metadata.configuration['delta.appendOnly'] === 'true') {
    throw unsupported(id, 'is append-only (delta.appendOnly)', hint);
  }
  const guarded = fields.find((field) => 'delta.invariants' in field.metadata);
  if (guarded) throw unsupported(id, `has an invariant on column ${guarded.name}`, hint);
}
