import type { ColumnValues, PartValues } from './part-values.ts';

/** A text, a number, or null for neither. */
export type Cell = string | number | null;

/** Rows as cells: those of the first column, those of the second, … */
export type CellColumns = readonly (readonly Cell[])[];

/** The rows of a part as cells. For few rows: a part holds them in less memory. */
export function cellsOf(part: PartValues): CellColumns {
  return part.vectors.map(columnCells);
}

function columnCells(vector: ColumnValues): readonly Cell[] {
  if (vector.kind === 'number') {
    return Array.from(vector.values, (value) => (Number.isNaN(value) ? null : value));
  }
  const { texts } = vector;
  return Array.from(vector.ids, (id) => texts[id] ?? null);
}
