import Papa from 'papaparse';

/** A report taken apart without any knowledge of its layout. */
export interface ReportSkeleton {
  /** The lines above the table, cells joined with `|`; an empty text is a blank line. */
  readonly preamble: readonly string[];
  readonly header: readonly string[];
  readonly body: readonly (readonly string[])[];
}

/** Cells lose the tab that marks a text. */
export function skeletonOf(report: string): ReportSkeleton {
  const text = report.replace(/^\ufeff/, '');
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const { data } = Papa.parse<string[]>(text, { newline: lineEnd });
  const rows = data.slice(0, -1).map((row) => row.map((cell) => cell.replace(/^\t/, '')));
  const blank = rows.findLastIndex(
    (row, index) => data[index]?.length === 1 && data[index][0] === '' && row[0] === '',
  );
  const [header = [], ...body] = blank === -1 ? [] : rows.slice(blank + 1);
  const above = blank === -1 ? rows : rows.slice(0, blank);
  return { preamble: above.map((row) => row.join('|')), header, body };
}
