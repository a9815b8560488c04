/**
 * Functions that may stand in FROM. A list of what is allowed, since DuckDB has table functions
 * that read files, change the instance's settings (`enable_logging`), take raw addresses
 * (`arrow_scan`) or run a query hidden in a text (`query`), and new versions bring more.
 */
const TABLE_FUNCTIONS: ReadonlySet<string> = new Set([
  'generate_series',
  'generate_subscripts',
  'histogram',
  'histogram_values',
  'json_each',
  'json_tree',
  'range',
  'regexp_split_to_table',
  'repeat',
  'repeat_row',
  'unnest',
  'icu_calendar_names',
  'pg_timezone_names',
  'pragma_show',
  'pragma_table_info',
  'pragma_version',
  'duckdb_columns',
  'duckdb_databases',
  'duckdb_functions',
  'duckdb_keywords',
  'duckdb_schemas',
  'duckdb_tables',
  'duckdb_types',
  'duckdb_views',
]);

/** Functions of DuckDB's own use, which trust their arguments. */
const INTERNAL = /^__internal_/;

/** What is wrong with functions that do more than compute a value from their arguments. */
const REFUSED_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['combine', 'works on internal states'],
  ['current_setting', "tells the engine's settings"],
  ['finalize', 'works on internal states'],
  ['json_serialize_plan', 'plans a query hidden in a text'],
  ['write_log', "writes to the engine's log"],
]);

/** Why a function must not stand in FROM; null when it may. */
export function refusedTableFunction(name: string): string | null {
  if (TABLE_FUNCTIONS.has(name)) return null;
  return 'reads or does something outside the tables of the lake';
}

/** Why a function must not be called at all; null when it may. */
export function refusedFunction(name: string): string | null {
  if (INTERNAL.test(name)) return 'is internal to the engine';
  return REFUSED_FUNCTIONS.get(name) ?? null;
}
