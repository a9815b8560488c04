import { exactText } from './format-cell.ts';

/** Rows as tab-separated values, as spreadsheets paste them: cells with tabs or lines are quoted. */
export function toTsv(rows: readonly (readonly unknown[])[]): string {
  return rows.map((row) => row.map(quoted).join('\t')).join('\n');
}

function quoted(value: unknown): string {
  const text = exactText(value);
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
