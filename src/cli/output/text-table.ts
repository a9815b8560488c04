import { printable } from './printable.ts';
import { textWidth } from './text-width.ts';

export type Alignment = 'left' | 'right';

export interface TextColumn {
  readonly header: string;
  readonly align: Alignment;
}

const GAP = '  ';

/**
 * Lays cells out in columns for a terminal, headers first. Characters of double width and emoji count as
 * what they take; line breaks and other control characters inside cells are made visible.
 */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [columns.map((column) => column.header), ...rows].map((cells) =>
    columns.map((_, at) => printable(cells[at] ?? '')),
  );
  const widths = columns.map((_, at) =>
    Math.max(...lines.map((cells) => textWidth(cells[at] ?? ''))),
  );
  return lines
    .map((cells) =>
      columns
        .map(({ align }, at) => pad(cells[at] ?? '', widths[at] ?? 0, align))
        .join(GAP)
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

function pad(text: string, width: number, align: Alignment): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)));
  return align === 'right' ? space + text : text + space;
}
