import type { DuckDBType } from '@duckdb/node-api';
import { literal } from '../duckdb.ts';
import { columnAt, type QueryColumn } from '../query/query-columns.ts';

/** SQL for a value as a text, made of SQL for the value. */
type Cell = (value: string) => string;

/** How values are written, by what they are. */
interface Cells {
  readonly text: Cell;
  /** Booleans, and whole numbers that every reader has room for. */
  readonly plain: Cell;
  /** Whole numbers of 64 bits and more. */
  readonly large: Cell;
  readonly double: Cell;
  /** Of a time as a text. */
  readonly time: Cell;
}

/** With more columns, what the engine takes to prepare the statement is longer than what JavaScript takes. */
const MOST_COLUMNS = 250;

/** Doubles are whole numbers up to here, with no digit lost (IEEE 754). */
const SAFE = Number.MAX_SAFE_INTEGER;

const asText: Cell = (value) => `${value}::VARCHAR`;
const quoted: Cell = (value) => `'"' || ${value} || '"'`;

/** As JavaScript writes it, but for the form of exponents. */
const number = (value: string, special: Cell): string => {
  const names = `CASE WHEN isnan(${value}) THEN 'NaN' WHEN ${value} > 0 THEN 'Infinity' ELSE '-Infinity' END`;
  return `CASE
    WHEN NOT isfinite(${value}) THEN ${special(names)}
    WHEN ${value} = trunc(${value}) AND abs(${value}) <= ${SAFE} THEN TRY_CAST(${value} AS BIGINT)::VARCHAR
    ELSE ${value}::VARCHAR END`;
};

/** NULL is an empty field: {@link line} leaves it out. */
const CSV: Cells = {
  // RFC 4180 §2.6; an empty text stands in quotes to tell it from null.
  text: (value) => `CASE WHEN ${value} = '' THEN '""'
    WHEN regexp_matches(${value}, '[",\\r\\n]') THEN '"' || replace(${value}, '"', '""') || '"'
    ELSE ${value} END`,
  plain: asText,
  large: asText,
  double: (value) => number(value, (name) => name),
  time: (value) => value,
};

const JSON_LINES: Cells = {
  text: (value) => `coalesce(to_json(${value})::VARCHAR, 'null')`,
  plain: (value) => orNull(asText(value)),
  // What JSON has no number for is a text.
  large: (value) => `CASE WHEN ${value} IS NULL THEN 'null'
    WHEN ${value} BETWEEN -${SAFE} AND ${SAFE} THEN ${asText(value)}
    ELSE ${quoted(asText(value))} END`,
  double: (value) => orNull(number(value, quoted)),
  time: (value) => orNull(quoted(value)),
};

function orNull(text: string): string {
  return `coalesce(${text}, 'null')`;
}

/** SQL for a row as a line of CSV; null where JavaScript has to write it. */
export function csvLine(columns: readonly QueryColumn[]): string | null {
  return line(columns, CSV, {
    before: (index) => (index === 0 ? '' : ','),
    end: '\r\n',
  });
}

/** SQL for a row as an object of JSON, in a line; null as for {@link csvLine}. */
export function jsonLine(columns: readonly QueryColumn[]): string | null {
  return line(columns, JSON_LINES, {
    before: (index) => `${index === 0 ? '{' : ','}${JSON.stringify(columns[index]?.name)}:`,
    end: '}\n',
  });
}

function line(
  columns: readonly QueryColumn[],
  cells: Cells,
  { before, end }: { readonly before: (index: number) => string; readonly end: string },
): string | null {
  if (columns.length > MOST_COLUMNS) return null;
  const parts: string[] = [];
  for (const [index, { type }] of columns.entries()) {
    const cell = cellOf(type, columnAt(index), cells);
    if (cell === null) return null;
    parts.push(literal(before(index)), cell);
  }
  // Leaves out what is NULL.
  return `concat(${[...parts, literal(end)].join(', ')})`;
}

function cellOf(type: DuckDBType, value: string, cells: Cells): string | null {
  switch (type.toString()) {
    case 'VARCHAR':
      return cells.text(value);
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'UTINYINT':
    case 'USMALLINT':
    case 'UINTEGER':
    case 'BOOLEAN':
      return cells.plain(value);
    case 'BIGINT':
    case 'UBIGINT':
    case 'HUGEINT':
    case 'UHUGEINT':
      return cells.large(value);
    case 'DOUBLE':
      return cells.double(value);
    case 'FLOAT':
      return cells.double(`${value}::DOUBLE`);
    case 'DATE':
      return cells.time(asText(value));
    case 'TIMESTAMP':
      return cells.time(`regexp_replace(${asText(value)}, ' ', 'T')`);
    default:
      return null;
  }
}
