import { isTabMarked, joinTexts, textOf } from './cell.ts';
import { readsAsDate, withoutMidnight } from './date-header.ts';
import { type Block, type ColumnEvidence, HEADER_ROWS, withRow } from './survey.ts';
import { readValue } from './value.ts';

/** How the last block of a report is read as a table. */
export interface TableLayout {
  /** Cells in every row. */
  readonly width: number;
  /** Headers of the label columns, which come first. */
  readonly labels: readonly string[];
  /** Names of the value columns, no two alike: the segments. */
  readonly segments: readonly string[];
  /** Rows of the header: 1, or 2 with sub-headers. */
  readonly headerRows: number;
  /** Position of the first body row among all rows of the report. */
  readonly bodyStart: number;
  readonly bodyRows: number;
}

/** Reads a block as a table; `undefined` if its first row has less than two cells (DESIGN §2.2.10). */
export function layOut(block: Block): TableLayout | undefined {
  const [header, second] = block.head;
  if (header === undefined || header.length < 2) return undefined;
  const subHeader = second !== undefined && isSubHeader(header, second) ? second : undefined;
  const evidence =
    second === undefined || subHeader !== undefined
      ? block.columns
      : withRow(block.columns, header, second);
  const headerRows = subHeader === undefined ? 1 : HEADER_ROWS;
  const upper = header.map(textOf);
  const lower = subHeader?.map(textOf);
  const bodyRows = block.rows - headerRows;
  const labelCount = countLabels(upper, evidence);
  return {
    width: header.length,
    labels: labelHeaders(upper, lower, labelCount),
    segments: segmentNames(upper, lower, labelCount),
    headerRows,
    bodyStart: block.start + headerRows,
    bodyRows,
  };
}

/**
 * Whether the second row repeats the header one level down (DESIGN §2.2.7): it labels no record, since
 * its first cell is blank or that of the header, or the header leaves that cell to it; and beside it
 * stand texts and nothing that reads as a value.
 */
function isSubHeader(header: readonly string[], second: readonly string[]): boolean {
  const upperFirst = textOf(header[0] ?? '');
  const lowerFirst = textOf(second[0] ?? '');
  if (lowerFirst !== '' && upperFirst !== '' && lowerFirst !== upperFirst) return false;
  const texts = second.slice(1).filter((cell) => textOf(cell) !== '');
  const marked = header.some(isTabMarked);
  return (
    texts.length > 0 &&
    texts.every((cell) => (marked ? isTabMarked(cell) : readValue(cell) === undefined))
  );
}

/** How many leading columns are label columns (DESIGN §2.2.4); the first one always is. */
function countLabels(headers: readonly string[], evidence: ColumnEvidence): number {
  const end = headers.findIndex((header, column) => {
    if (column === 0) return false;
    if (readsAsDate(header)) return true;
    return evidence.anyTab ? column >= evidence.firstUnmarked : evidence.hasText[column] !== true;
  });
  return end === -1 ? headers.length : end;
}

function labelHeaders(
  upper: readonly string[],
  lower: readonly string[] | undefined,
  count: number,
): string[] {
  return upper.slice(0, count).map((header, column) => {
    const levels = new Set([header, lower?.[column] ?? '']);
    return joinTexts([...levels].filter((text) => text !== ''));
  });
}

function segmentNames(
  upper: readonly string[],
  lower: readonly string[] | undefined,
  labelCount: number,
): string[] {
  const upperTexts = withoutMidnight(upper.slice(labelCount));
  if (lower === undefined) return withoutRepeats(upperTexts);
  const lowerTexts = withoutMidnight(lower.slice(labelCount));
  let span = '';
  const names = upperTexts.map((header, column) => {
    // A header that spans several columns stands above the first of them.
    if (header !== '') span = header;
    return joinTexts([span, lowerTexts[column] ?? ''].filter((text) => text !== ''));
  });
  return withoutRepeats(names);
}

/** Gives repeated names ` (2)`, ` (3)` …, never a name that another column has by itself. */
function withoutRepeats(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  return names.map((name) => {
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    let count = counts.get(name) ?? 1;
    let candidate: string;
    do {
      count += 1;
      candidate = `${name} (${count})`;
    } while (taken.has(candidate));
    counts.set(name, count);
    return candidate;
  });
}
