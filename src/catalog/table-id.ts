import { ChartliftError } from '../errors.ts';

/** Where a table stands: `layer.table` in SQL, `<lake>/<layer>/<table>/` on disk. */
export interface TableId {
  readonly layer: string;
  readonly table: string;
}

/** Longest name of a layer or table (DESIGN §2.3). */
const MAX_NAME_LENGTH = 128;
const NAME = /^[a-z_][a-z0-9_]{0,127}$/;

/** The log directory of a table; a table of this name could not be told from it. */
const RESERVED_TABLES: ReadonlySet<string> = new Set(['_delta_log']);
/**
 * Schemas and catalogs that DuckDB has of its own, and the schema of the service's facts: as a layer
 * they would hide those tables.
 */
const RESERVED_LAYERS: ReadonlySet<string> = new Set([
  'chartlift',
  'information_schema',
  'pg_catalog',
  'memory',
  'system',
  'temp',
]);

/** Whether `name` may name a layer (DESIGN §2.3 "Names"). */
export function isLayerName(name: string): boolean {
  return NAME.test(name) && !RESERVED_LAYERS.has(name);
}

/** Whether `name` may name a table (DESIGN §2.3 "Names"). */
export function isTableName(name: string): boolean {
  return NAME.test(name) && !RESERVED_TABLES.has(name);
}

/**
 * Checks a layer name that a person chose.
 * @throws ChartliftError `layer_name_invalid`
 */
export function assertLayerName(name: string): void {
  if (isLayerName(name)) return;
  const reserved = RESERVED_LAYERS.has(name);
  throw new ChartliftError(
    'layer_name_invalid',
    `"${name}" cannot be a layer name${reserved ? ': SQL has it for something else' : ''}.`,
    `Use a-z, 0-9 and _, at most ${MAX_NAME_LENGTH} characters, not starting with a digit.`,
  );
}

/**
 * The table name that a stream gets when nobody chooses one: lower case, every other character `_`
 * (DESIGN §2.3). `prefix` goes before it and is treated alike.
 */
export function suggestTableName(streamName: string, prefix = ''): string {
  const name = `${prefix}${streamName}`.toLowerCase().replace(/[^a-z0-9_]/g, '_');
  const started = /^[a-z_]/.test(name) ? name : `_${name}`;
  return started.slice(0, MAX_NAME_LENGTH);
}

/**
 * Checks a table name that a person chose.
 * @throws ChartliftError `table_name_invalid`
 */
export function assertTableName(name: string): void {
  if (isTableName(name)) return;
  throw new ChartliftError(
    'table_name_invalid',
    `"${name}" cannot be a table name.`,
    `Use a-z, 0-9 and _, at most ${MAX_NAME_LENGTH} characters, not starting with a digit; for example ${suggestTableName(name)}.`,
  );
}

/** `layer.table`, as SQL and people write it. */
export function formatTableId(id: TableId): string {
  return `${id.layer}.${id.table}`;
}

/** Most tables that a hint names. */
const MAX_NAMED = 20;

/** The tables of a lake in one sentence, for hints. */
export function nameTables(tables: readonly string[]): string {
  if (tables.length === 0) return 'The lake holds no table yet; a sync makes them.';
  const more = tables.length - MAX_NAMED;
  const named = tables.slice(0, MAX_NAMED).join(', ');
  return `Tables there are: ${named}${more > 0 ? ` and ${more} more` : ''}.`;
}

/** The error for a table that is not there, among those that are. */
export function goneTable(name: string, tables: readonly string[]): ChartliftError {
  return new ChartliftError(
    'table_not_found',
    `There is no table ${name} in the lake.`,
    nameTables(tables),
  );
}

/**
 * Reads `layer.table`.
 * @throws ChartliftError `table_name_invalid` when it is not two names with a dot between.
 */
export function parseTableId(text: string): TableId {
  const [layer, table, ...rest] = text.split('.');
  if (layer === undefined || table === undefined || rest.length > 0 || !isLayerName(layer)) {
    throw new ChartliftError(
      'table_name_invalid',
      `"${text}" does not name a table.`,
      'Write it as layer.table, for example raw.charts_metadata.',
    );
  }
  assertTableName(table);
  return { layer, table };
}
