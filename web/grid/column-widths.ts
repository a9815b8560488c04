import type { GridColumn, GridRows } from './data-grid.tsx';
import { formatCell } from './format-cell.ts';
import { typeName } from './type-name.ts';

/** px. */
export const NARROWEST = 64;
const WIDEST = 360;
const PADDING = 27;
/** The type stands beneath the name, and a little smaller. */
const TYPE_SCALE = 0.85;
/** The name is bold. */
const NAME_SCALE = 1.09;
/** Rows whose texts are measured, spread over all. */
const SAMPLES = 200;

/** How wide each column has to be for what it holds, in px. `measure` gives the width of a text. */
export function columnWidths(
  columns: readonly GridColumn[],
  rows: GridRows,
  measure: (text: string) => number,
): number[] {
  const step = Math.max(1, Math.floor(rows.length / SAMPLES));
  return columns.map(({ name, type }, at) => {
    let widest = Math.max(measure(name) * NAME_SCALE, measure(typeName(type)) * TYPE_SCALE);
    for (let row = 0; row < rows.length && widest < WIDEST; row += step) {
      const { text } = formatCell(rows[row]?.[at], type);
      widest = Math.max(widest, measure(text));
    }
    return Math.ceil(Math.min(Math.max(widest + PADDING, NARROWEST), WIDEST));
  });
}
