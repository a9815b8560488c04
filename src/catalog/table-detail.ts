import { type DeltaField, duckdbType } from './log/delta-schema.ts';
import type { Snapshot } from './log/snapshot.ts';
import { describeSnapshot, type ReadableTable } from './table-listing.ts';

/** A column of a table as its schema tells. */
export interface ColumnDetail {
  readonly name: string;
  /** `string` and `double` as streams have them; a type of other writers as SQL names it, such as `BIGINT`. */
  readonly type: string;
  readonly nullable: boolean;
  /** The column's `comment`. */
  readonly description: string | null;
}

/** All that one table says of itself at its latest version. */
export interface TableDetail extends ReadableTable {
  readonly description: string | null;
  /** In ms since the epoch; null when the writer did not tell. */
  readonly createdAt: number | null;
  readonly columns: readonly ColumnDetail[];
}

/**
 * Describes a table with its columns.
 * @throws ChartliftError `table_unsupported` for a column of a type that chartlift does not know
 */
export function detailTable(snapshot: Snapshot): TableDetail {
  const { metadata } = snapshot;
  return {
    ...describeSnapshot(snapshot),
    description: metadata.description,
    createdAt: metadata.createdTime,
    columns: snapshot.fields.map(detailColumn),
  };
}

function detailColumn({ name, type, nullable, metadata }: DeltaField): ColumnDetail {
  const { comment } = metadata;
  return {
    name,
    type: type === 'string' || type === 'double' ? type : duckdbType(type),
    nullable,
    description: typeof comment === 'string' && comment !== '' ? comment : null,
  };
}
