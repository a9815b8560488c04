import { identifier, literalList } from '../duckdb.ts';
import { type DeltaField, duckdbType } from './delta-schema.ts';

/**
 * The SELECT that reads a table: exactly the columns of its schema, in their order and types.
 * Data files may lack columns that the schema has (Delta protocol, "Consistency Between Table
 * Metadata and Data Files"), so they are united by name with an empty row of the schema.
 *
 * @param files paths on disk
 */
export function tableRelation(fields: readonly DeltaField[], files: readonly string[]): string {
  const columns = fields.map((field) => ({
    name: identifier(field.name),
    type: duckdbType(field.type),
  }));
  const nulls = columns.map(({ name, type }) => `NULL::${type} AS ${name}`).join(', ');
  const empty = `SELECT ${nulls} WHERE false`;
  if (files.length === 0) return empty;
  const casts = columns.map(({ name, type }) => `${name}::${type} AS ${name}`).join(', ');
  return `SELECT ${casts} FROM (${empty} UNION ALL BY NAME
    FROM read_parquet(${literalList(files)}, union_by_name = true, hive_partitioning = false))`;
}
