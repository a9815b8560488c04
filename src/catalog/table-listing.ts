import { type ChartliftError, toChartliftError } from '../errors.ts';
import { listTableIds } from './lake-directory.ts';
import { countFiles, type FileCounts } from './log/file-counts.ts';
import type { Snapshot } from './log/snapshot.ts';
import { type FoundLabels, readLabels } from './log/table-properties.ts';
import { formatTableId, goneTable, type TableId } from './table-id.ts';

/** What a table is at its latest version. */
export interface ReadableTable extends TableId, FoundLabels, FileCounts {
  readonly readable: true;
  readonly version: number;
  /** When that version was committed, in milliseconds since the epoch. */
  readonly committedAt: number;
}

/** A table of the lake: what it is at its latest version, or why it cannot be read. */
export type TableListing =
  | ReadableTable
  | (TableId & { readonly readable: false; readonly error: ChartliftError });

/** Describes a table as it stands at one version. */
export function describeSnapshot(snapshot: Snapshot): ReadableTable {
  return {
    ...snapshot.id,
    readable: true,
    version: snapshot.version,
    committedAt: snapshot.committedAt,
    ...readLabels(snapshot.metadata.configuration),
    ...countFiles(snapshot.files),
  };
}

/** Describes a table for people; one bad table never hides the others. */
export async function describeTable(
  id: TableId,
  read: () => Promise<Snapshot>,
): Promise<TableListing> {
  try {
    return describeSnapshot(await read());
  } catch (error) {
    return { ...id, readable: false, error: toChartliftError(error) };
  }
}

/** The error for a table that is not there, naming those that are. */
export async function tableNotFound(lake: string, id: TableId): Promise<ChartliftError> {
  const tables = (await listTableIds(lake)).map(formatTableId);
  return goneTable(formatTableId(id), tables);
}
