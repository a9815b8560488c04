import type { GridRows } from './data-grid.tsx';
import type { Range } from './selection.ts';

/** The numbers among selected cells; null if there are none. */
export function sumOf(
  rows: GridRows,
  { top, bottom, left, right }: Range,
): { readonly sum: number; readonly count: number } | null {
  let [sum, count] = [0, 0];
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      const value = rows[row]?.[column];
      if (typeof value !== 'number') continue;
      sum += value;
      count += 1;
    }
  }
  return count === 0 ? null : { sum, count };
}
