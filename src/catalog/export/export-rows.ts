import { identifier } from '../duckdb.ts';
import type { LakeReader } from '../lake-reader.ts';
import type { SqlTables } from '../query/open-query.ts';
import { startQuery } from '../query/run-sql.ts';
import { formatTableId, goneTable, parseTableId, type TableId } from '../table-id.ts';
import { encodeArrow } from './arrow.ts';
import { type ByteSource, byteStream } from './byte-stream.ts';
import { encodeCsv } from './csv.ts';
import type { ExportOptions, ExportQuery } from './export-query.ts';
import { encodeJsonLines } from './json-lines.ts';
import { csvLine, jsonLine } from './line-sql.ts';
import { exportParquet } from './parquet.ts';

export const EXPORT_FORMATS = ['csv', 'jsonl', 'parquet', 'arrow'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What is exported: one version of a table (default the latest), or the result of a query. */
export type ExportSource =
  | { readonly table: TableId; readonly version?: number }
  | { readonly sql: string };

/** An export under way. Read {@link stream} to its end or cancel it: it holds an engine until then. */
export interface RowExport {
  /** Media type (RFC 9110 §8.3). */
  readonly contentType: string;
  /** Of a file name, without the dot. */
  readonly extension: string;
  /** Bytes as they are made, and no faster than they are read. */
  readonly stream: ReadableStream<Uint8Array>;
}

/**
 * Media types: RFC 4180 and its `header` parameter, the names that are in use for JSON lines, and
 * the registrations `application/vnd.apache.parquet` and `application/vnd.apache.arrow.stream`.
 */
const KINDS: Record<ExportFormat, { readonly contentType: string; readonly extension: string }> = {
  csv: { contentType: 'text/csv; charset=utf-8; header=present', extension: 'csv' },
  jsonl: { contentType: 'application/jsonl; charset=utf-8', extension: 'jsonl' },
  parquet: { contentType: 'application/vnd.apache.parquet', extension: 'parquet' },
  arrow: { contentType: 'application/vnd.apache.arrow.stream', extension: 'arrows' },
};

const ENCODERS = {
  csv: { encode: encodeCsv, rowText: csvLine },
  jsonl: { encode: encodeJsonLines, rowText: jsonLine },
  arrow: { encode: encodeArrow, rowText: undefined },
} as const;

/** Exports are long: what they may take of the engine's time unless told, in ms. */
const DEFAULT_TIME_MS = 600_000;

/**
 * Exports a table or the result of a query, in the order of its rows. Queries obey what `LakeReader.sql`
 * obeys. Whatever is wrong with the query is thrown here, before the first byte, as far as the engine
 * tells by then; what goes wrong later is an error of the stream.
 *
 * Values are kept as they are: a text that a spreadsheet would take for a formula stays that text.
 *
 * @throws ChartliftError as `LakeReader.sql` does; `table_name_invalid`, `table_not_found`, `version_not_found`
 */
export async function exportRows(
  reader: Pick<LakeReader, 'sqlTables'>,
  source: ExportSource,
  format: ExportFormat,
  options: ExportOptions = {},
): Promise<RowExport> {
  const lake = await reader.sqlTables();
  if ('table' in source) assertThere(lake, source.table);
  const stop = new AbortController();
  const signals = options.signal ? [options.signal, stop.signal] : [stop.signal];
  const query: ExportQuery = {
    lake,
    ...queryOf(source),
    options: {
      ...options,
      limits: { timeMs: DEFAULT_TIME_MS, ...options.limits },
      signal: AbortSignal.any(signals),
    },
  };
  const bytes = await open(query, format);
  return { ...KINDS[format], stream: await byteStream(bytes, stop, options.signal) };
}

/** Only tables of the lake: the engine has some of its own. */
function assertThere(lake: SqlTables, table: TableId): void {
  const name = formatTableId(table);
  parseTableId(name);
  const tables = lake.tables.map(formatTableId);
  if (!tables.includes(name)) throw goneTable(name, tables);
}

function queryOf(source: ExportSource): Pick<ExportQuery, 'text' | 'versions'> {
  if ('sql' in source) return { text: source.sql, versions: new Map() };
  const { table, version } = source;
  return {
    text: `FROM ${identifier(table.layer)}.${identifier(table.table)}`,
    versions: new Map(version === undefined ? [] : [[formatTableId(table), version]]),
  };
}

async function open(query: ExportQuery, format: ExportFormat): Promise<ByteSource> {
  if (format === 'parquet') return exportParquet(query);
  const { lake, text, versions, options } = query;
  const { encode, rowText } = ENCODERS[format];
  const running = await startQuery(lake, text, { ...options, versions }, rowText);
  return { bytes: encode(running), close: () => running.close() };
}
