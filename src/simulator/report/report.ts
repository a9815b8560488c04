/**
 * One cell as it is written between its quotes. Every cell is quoted, texts start with a tab
 * (reference §0.3), and quotes inside are doubled (RFC 4180 §2.7).
 */
export type Cell = string;
export type Row = readonly Cell[];
/** Lines without a blank line between them. An empty block is one more blank line. */
export type Block = readonly Row[];

/** What a chart's export says: blocks of lines, then the table (reference §0.2). */
export interface Report {
  readonly preamble: readonly Block[];
  /** Header rows and body rows; iterated once. Empty if the report ends with its preamble. */
  readonly table: Iterable<Row>;
  readonly spelling?: Spelling;
}

/** How a report is written down, where it differs from Amplitude's usual way. */
export interface Spelling {
  /** Whether texts start with a tab; true unless given. */
  readonly tabs?: boolean;
  /** `\r\n` unless given. */
  readonly lineEnd?: '\r\n' | '\n';
  /** Whether the text starts with U+FEFF; false unless given. */
  readonly byteOrderMark?: boolean;
}

export const BLANK: Cell = '';

/** A cell that holds a text: a title, a label, a header, a date. */
export function text(value: string): Cell {
  return `\t${value.replaceAll('"', '""')}`;
}

/** A row of text cells. */
export function texts(values: readonly string[]): Row {
  return values.map(text);
}

/** A whole number, without separators: `15420`. */
export function count(value: number): Cell {
  return String(value);
}

/** A number of an average or ratio: full precision, and `2.0` where it is whole (reference §3.3). */
export function decimal(value: number): Cell {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** `12.5%` for 0.125. */
export function percent(value: number): Cell {
  return `${(100 * value).toFixed(1)}%`;
}

const DOLLARS = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 0,
});

/** `$2,327` */
export function dollars(value: number): Cell {
  return DOLLARS.format(value);
}

/** The lines of a report, each with its line end; the table is asked for one row at a time. */
export function* reportLines(report: Report): Generator<string> {
  const { tabs = true, lineEnd = '\r\n', byteOrderMark = false } = report.spelling ?? {};
  let mark = byteOrderMark ? '\ufeff' : '';
  for (const [index, block] of report.preamble.entries()) {
    if (index > 0) yield lineEnd;
    for (const row of block) {
      yield mark + rowText(row, tabs) + lineEnd;
      mark = '';
    }
  }
  let first = true;
  for (const row of report.table) {
    if (first) yield lineEnd;
    first = false;
    yield rowText(row, tabs) + lineEnd;
  }
}

function rowText(row: Row, tabs: boolean): string {
  const cells = tabs ? row : row.map((cell) => (cell.startsWith('\t') ? cell.slice(1) : cell));
  return `"${cells.join('","')}"`;
}
