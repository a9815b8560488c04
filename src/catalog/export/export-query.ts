import type { QueryOptions, SqlTables } from '../query/open-query.ts';

/** How an export is carried out. */
export interface ExportOptions extends Omit<QueryOptions, 'versions'> {
  /** Where the file of a Parquet export is made. Default: the system's directory for temporary files. */
  readonly temporaryDirectory?: string;
}

/** What is run, and over what. */
export interface ExportQuery {
  readonly lake: SqlTables;
  readonly text: string;
  readonly versions: ReadonlyMap<string, number>;
  readonly options: ExportOptions;
}
