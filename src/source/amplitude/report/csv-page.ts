import Papa, { type ParseStepResult } from 'papaparse';
import { ChartliftError } from '../../../errors.ts';
import type { ReportText } from './report-text.ts';

/** Some rows of a report in order, each a list of cells as they stand, and where each row ends. */
export interface CsvPage {
  readonly rows: readonly (readonly string[])[];
  /** Per row the offset of its end in the whole text, in characters. */
  readonly ends: readonly number[];
}

/** A longer row is no row: an unclosed quote would otherwise swallow the rest of the text. */
const MAX_ROW_CHARACTERS = 16 * 1024 * 1024;

const LINE_FEED = 10;
const CARRIAGE_RETURN = '\r';
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Reads a text as RFC 4180 CSV, with line ends CRLF or LF, a page per piece of the text (DESIGN §2.2.2).
 *
 * @throws ChartliftError `report_malformed` where a quote is unclosed or followed by text.
 */
export async function* readCsvPages(text: ReportText): AsyncGenerator<CsvPage> {
  /** What comes after the last whole row. */
  let rest = '';
  /** Characters of it that have been parsed without finding the end of a row. */
  let unfinished = 0;
  let offset = 0;
  for await (const chunk of text.chunks()) {
    const marked = offset === 0 && rest === '' && chunk.startsWith(BYTE_ORDER_MARK);
    if (marked) offset = BYTE_ORDER_MARK.length;
    rest += marked ? chunk.slice(offset) : chunk;
    // A row over many pieces is parsed again whenever it has doubled, not with each of them.
    if (rest.length >= 2 * unfinished) yield await wholeRows();
  }
  if (rest.length > unfinished) yield await wholeRows();
  yield await parsePage(text, rest, offset, false);

  async function wholeRows(): Promise<CsvPage> {
    const page = await parsePage(text, rest, offset, true);
    const end = page.ends.at(-1) ?? offset;
    rest = rest.slice(end - offset);
    offset = end;
    unfinished = rest.length;
    if (unfinished > MAX_ROW_CHARACTERS) {
      throw malformed(
        `Line ${await lineAt(text, offset)}`,
        'a row has no end; a quote is never closed',
      );
    }
    return page;
  }
}

async function parsePage(
  text: ReportText,
  input: string,
  offset: number,
  more: boolean,
): Promise<CsvPage> {
  const rows: string[][] = [];
  const ends: number[] = [];
  const quoteErrors: number[] = [];
  const parser = new Papa.Parser({
    delimiter: ',',
    newline: '\n',
    step: ({ data: [row = []], errors, meta }: ParseStepResult<string[][]>) => {
      for (const error of errors) quoteErrors.push(error.index ?? 0);
      rows.push(withoutCarriageReturn(row, input, meta.cursor));
      ends.push(offset + meta.cursor);
    },
  });
  parser.parse(input, 0, more);
  // Errors outside `step` are about a row that goes on in the next piece: they are not yet true.
  const [wrong] = quoteErrors;
  if (wrong !== undefined) {
    throw malformed(
      `Line ${await lineAt(text, offset + wrong)}`,
      'a quote inside a quoted cell is not doubled, or is never closed',
    );
  }
  return { rows, ends };
}

/**
 * The parser splits at LF, so that a row may end with LF or CRLF. A CR before the LF then belongs to the
 * line end, unless it is the last character inside quotes.
 */
function withoutCarriageReturn(cells: string[], input: string, end: number): string[] {
  const last = cells.length - 1;
  const cell = cells[last];
  if (cell?.endsWith(CARRIAGE_RETURN) !== true) return cells;
  const lineEnd = input.charCodeAt(end - 1) === LINE_FEED ? end - 1 : end;
  const start = lineEnd - cell.length;
  const unquoted = input.startsWith(cell, start) && input[start - 1] !== '"';
  if (unquoted) cells[last] = cell.slice(0, -1);
  return cells;
}

/** The line (counted from 1) that holds a character of a text. */
export async function lineAt(text: ReportText, offset: number): Promise<number> {
  let line = 1;
  let seen = 0;
  for await (const chunk of text.chunks()) {
    for (let at = chunk.indexOf('\n'); at !== -1; at = chunk.indexOf('\n', at + 1)) {
      if (seen + at >= offset) return line;
      line += 1;
    }
    seen += chunk.length;
  }
  return line;
}

/** The error for a report that cannot be read: where, and what stands there. */
export function malformed(where: string, what: string): ChartliftError {
  return new ChartliftError(
    'report_malformed',
    `The report cannot be read. ${where}: ${what}.`,
    'Open the chart in Amplitude and export it as CSV: if that file looks right, report this as a fault of chartlift.',
  );
}
