/** SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY (sqlite.org/rescode.html). */
const SQLITE_CODES: readonly unknown[] = [2067, 1555];

/** `unique_violation` (PostgreSQL manual, appendix A). */
const POSTGRES_CODE = '23505';

/** Whether a database refused a row since one of these columns already has these values, in whichever index. */
export function isUniqueViolation(thrown: unknown, index: UniqueIndex): boolean {
  if (!(thrown instanceof Error)) return false;
  if ('errcode' in thrown) {
    return SQLITE_CODES.includes(thrown.errcode) && thrown.message.endsWith(`: ${index.columns}`);
  }
  if (!('code' in thrown) || !('constraint' in thrown)) return false;
  return thrown.code === POSTGRES_CODE && thrown.constraint === index.name;
}

/** A unique index, as each database names it in its errors. */
export interface UniqueIndex {
  /** PostgreSQL tells the name. */
  readonly name: string;
  /** SQLite tells the columns, as `table.column, table.column`. */
  readonly columns: string;
}

export const SOURCE_NAMES: UniqueIndex = { name: 'sources_by_name', columns: 'sources.name_key' };

export const STREAM_TABLES: UniqueIndex = {
  name: 'streams_by_table',
  columns: 'streams.layer, streams.table_name',
};

export const STREAM_NAMES: UniqueIndex = {
  name: 'streams_pk',
  columns: 'streams.source_id, streams.name',
};

export const ACTIVE_RUNS: UniqueIndex = { name: 'runs_active', columns: 'runs.source_id' };
