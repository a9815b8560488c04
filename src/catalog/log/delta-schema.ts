import { z } from 'zod';
import { ChartliftError } from '../../errors.ts';
import type { Column, ColumnType } from '../../stream/schema.ts';

/** A type of the protocol's "Schema Serialization Format". */
type DeltaType =
  | string
  | { readonly type: 'struct'; readonly fields: readonly DeltaField[] }
  | { readonly type: 'array'; readonly elementType: DeltaType }
  | { readonly type: 'map'; readonly keyType: DeltaType; readonly valueType: DeltaType };

export interface DeltaField {
  readonly name: string;
  readonly type: DeltaType;
  readonly nullable: boolean;
  readonly metadata: Readonly<Record<string, unknown>>;
}

const typeSchema: z.ZodType<DeltaType> = z.lazy(() =>
  z.union([
    z.string(),
    z.object({ type: z.literal('struct'), fields: z.array(fieldSchema) }),
    z.object({ type: z.literal('array'), elementType: typeSchema }),
    z.object({ type: z.literal('map'), keyType: typeSchema, valueType: typeSchema }),
  ]),
);
const fieldSchema: z.ZodType<DeltaField> = z.object({
  name: z.string(),
  type: typeSchema,
  nullable: z.boolean(),
  metadata: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((metadata) => metadata ?? {}),
});
const schemaSchema = z.object({ type: z.literal('struct'), fields: z.array(fieldSchema) });

const DELTA_TYPES: Record<ColumnType, string> = { string: 'string', double: 'double' };

/** Delta's primitive types in DuckDB (Delta protocol, "Delta Data Type to Parquet Type Mappings"). */
const DUCKDB_TYPES: ReadonlyMap<string, string> = new Map([
  ['string', 'VARCHAR'],
  ['long', 'BIGINT'],
  ['integer', 'INTEGER'],
  ['short', 'SMALLINT'],
  ['byte', 'TINYINT'],
  ['float', 'FLOAT'],
  ['double', 'DOUBLE'],
  ['boolean', 'BOOLEAN'],
  ['binary', 'BLOB'],
  ['date', 'DATE'],
  ['timestamp', 'TIMESTAMP WITH TIME ZONE'],
  ['timestamp_ntz', 'TIMESTAMP'],
]);

/**
 * The fields of a table's schema.
 * @throws SyntaxError or ZodError when the text is no schema.
 */
export function parseSchemaString(schemaString: string): readonly DeltaField[] {
  return schemaSchema.parse(JSON.parse(schemaString)).fields;
}

/** A stream's columns as the schema of its table. A column's description is its `comment`, as in Spark. */
export function formatSchemaString(columns: readonly Column[]): string {
  const fields = columns.map(({ name, type, nullable, description }) => ({
    name,
    type: DELTA_TYPES[type],
    nullable,
    metadata: description === '' ? {} : { comment: description },
  }));
  return JSON.stringify({ type: 'struct', fields });
}

/** Whether a table with these fields holds the same columns: by name, type and nullability, in order. */
export function hasColumns(fields: readonly DeltaField[], columns: readonly Column[]): boolean {
  return (
    fields.length === columns.length &&
    columns.every((column, index) => {
      const field = fields[index];
      return (
        field?.name === column.name &&
        field.type === DELTA_TYPES[column.type] &&
        field.nullable === column.nullable
      );
    })
  );
}

/**
 * The DuckDB type that holds values of a Delta type.
 * @throws ChartliftError `table_unsupported` for a type that chartlift does not know.
 */
export function duckdbType(type: DeltaType): string {
  if (typeof type === 'string') {
    const known = DUCKDB_TYPES.get(type);
    if (known !== undefined) return known;
    if (/^decimal\(\d+, ?\d+\)$/.test(type)) return type.toUpperCase();
    if (/^(var)?char\(\d+\)$/.test(type)) return 'VARCHAR';
    throw new ChartliftError(
      'table_unsupported',
      `The table has a column of type "${type}", which chartlift does not read.`,
      'Read this table with another engine.',
    );
  }
  switch (type.type) {
    case 'struct': {
      const fields = type.fields.map(
        (field) => `"${field.name.replaceAll('"', '""')}" ${duckdbType(field.type)}`,
      );
      return `STRUCT(${fields.join(', ')})`;
    }
    case 'array':
      return `${duckdbType(type.elementType)}[]`;
    case 'map':
      return `MAP(${duckdbType(type.keyType)}, ${duckdbType(type.valueType)})`;
  }
}
