import { isBlankRow, isTabMarked, textOf } from './cell.ts';
import type { CsvPage } from './csv-page.ts';
import { readsAsDate } from './date-header.ts';
import { readValue } from './value.ts';

/** A row of another width than the header of its block. */
export interface WidthError {
  /** Offset of the end of the row in the text, in characters. */
  readonly end: number;
  readonly cells: number;
}

/** What the first pass over a report remembers of one block: enough to know how to read it as a table. */
export interface Block {
  /** The first rows as they stand: all of a preamble block, more than the header rows of a table. */
  readonly head: readonly (readonly string[])[];
  /** Position of its first row among all rows of the report, blank ones included. */
  readonly start: number;
  readonly rows: number;
  readonly widthError: WidthError | undefined;
  /** Which columns hold texts, over all rows from the third on. */
  readonly columns: ColumnEvidence;
}

/** What the cells of some rows say about which columns are label columns (DESIGN §2.2.4). */
export interface ColumnEvidence {
  /** Whether any cell starts with a tab. */
  readonly anyTab: boolean;
  /** The first column after column 0 with a cell that is neither blank nor tab-marked. */
  readonly firstUnmarked: number;
  /** Per column whether a cell does not read as a value; only kept while no cell has a tab. */
  readonly hasText: readonly boolean[];
}

/** Cells of a block that are kept beside its first two rows: a preamble has a few lines of one or two cells. */
const HEAD_CELLS = 10_000;

/** Rows at the top of a table that may be headers: the second one may hold sub-headers (DESIGN §2.2.7). */
export const HEADER_ROWS = 2;

/** Splits a report into blocks at its blank rows, in one pass and without keeping its rows. */
export function createSurvey(): { take(page: CsvPage): void; blocks(): readonly Block[] } {
  const blocks: Block[] = [];
  let current: BlockSurvey | undefined;
  let position = 0;
  return {
    take(page) {
      page.rows.forEach((cells, at) => {
        if (isBlankRow(cells)) {
          current = undefined;
        } else {
          if (current === undefined) {
            current = new BlockSurvey(position);
            blocks.push(current);
          }
          current.take(cells, page.ends[at] ?? 0);
        }
        position += 1;
      });
    },
    blocks: () => blocks,
  };
}

class BlockSurvey implements Block {
  readonly head: (readonly string[])[] = [];
  readonly start: number;
  rows = 0;
  widthError: WidthError | undefined;
  readonly columns = new EvidenceSurvey();
  #width = 0;
  #kept = 0;

  constructor(start: number) {
    this.start = start;
  }

  take(cells: readonly string[], end: number): void {
    if (this.rows === 0) {
      this.#width = cells.length;
      this.columns.startWith(cells);
    } else if (cells.length !== this.#width) {
      this.widthError ??= { end, cells: cells.length };
    }
    this.#keep(cells);
    if (this.rows >= HEADER_ROWS) this.columns.take(cells);
    this.rows += 1;
  }

  #keep(cells: readonly string[]): void {
    if (this.rows >= HEADER_ROWS && this.#kept + cells.length > HEAD_CELLS) return;
    this.#kept += cells.length;
    this.head.push(cells);
  }
}

class EvidenceSurvey implements ColumnEvidence {
  anyTab = false;
  firstUnmarked = Number.POSITIVE_INFINITY;
  readonly hasText: boolean[] = [];
  #candidates = 0;

  /** Only columns before the first date header can be label columns. */
  startWith(header: readonly string[]): void {
    const date = header.findIndex((cell, column) => column > 0 && readsAsDate(textOf(cell)));
    this.#candidates = date === -1 ? header.length : date;
  }

  take(cells: readonly string[]): void {
    this.anyTab ||= cells.some(isTabMarked);
    const limit = Math.min(this.firstUnmarked, cells.length);
    for (let column = 1; column < limit; column += 1) {
      const cell = cells[column] ?? '';
      if (cell !== '' && !isTabMarked(cell)) {
        this.firstUnmarked = column;
        break;
      }
    }
    if (this.anyTab) return;
    for (let column = 1; column < this.#candidates; column += 1) {
      this.hasText[column] ||= readValue(cells[column] ?? '') === undefined;
    }
  }
}

/** The evidence of a block's own rows and of one more row together. */
export function withRow(
  evidence: ColumnEvidence,
  header: readonly string[],
  cells: readonly string[],
): ColumnEvidence {
  const row = new EvidenceSurvey();
  row.startWith(header);
  row.take(cells);
  const width = Math.max(header.length, evidence.hasText.length);
  return {
    anyTab: evidence.anyTab || row.anyTab,
    firstUnmarked: Math.min(evidence.firstUnmarked, row.firstUnmarked),
    hasText: Array.from(
      { length: width },
      (_, column) => evidence.hasText[column] === true || row.hasText[column] === true,
    ),
  };
}
