import type { Cell, CellColumns } from '../stage/cells.ts';
import type { ContentChange } from './compare-content.ts';

/** How often a row is there after and not before; negative the other way around. */
interface RowCount {
  readonly key: string;
  count: number;
}

/**
 * The difference of two multisets of rows, counted by key: what `differenceQuery` says of few rows.
 *
 * @param before rows of the same columns as `after`
 * @param isKey of each column, whether it is one of those that tell rows apart
 */
export function rowDifference(
  before: CellColumns,
  after: CellColumns,
  isKey: readonly boolean[],
): ContentChange {
  const rows = new Map<string, RowCount>();
  const count = (columns: CellColumns, row: number, step: 1 | -1) => {
    const key = rowText(columns, row, isKey, true);
    const whole = key + rowText(columns, row, isKey, false);
    const known = rows.get(whole);
    if (known === undefined) rows.set(whole, { key, count: step });
    else known.count += step;
  };
  // Most rows stay, in their order: equal ones are passed over in pairs, which leaves the difference as it is.
  let [old, now] = [0, 0];
  const [olds, nows] = [rowsOf(before), rowsOf(after)];
  while (old < olds && now < nows) {
    if (sameRow(before, old, after, now)) {
      old += 1;
      now += 1;
    } else if (old + 1 < olds && sameRow(before, old + 1, after, now)) {
      count(before, old++, -1);
    } else if (now + 1 < nows && sameRow(before, old, after, now + 1)) {
      count(after, now++, 1);
    } else {
      count(before, old++, -1);
      count(after, now++, 1);
    }
  }
  while (old < olds) count(before, old++, -1);
  while (now < nows) count(after, now++, 1);
  return sumByKey(rows.values());
}

function sumByKey(rows: Iterable<RowCount>): ContentChange {
  const byKey = new Map<string, { more: number; less: number }>();
  for (const { key, count } of rows) {
    const sum = byKey.get(key) ?? { more: 0, less: 0 };
    byKey.set(key, sum);
    sum.more += Math.max(count, 0);
    sum.less += Math.max(-count, 0);
  }
  let [added, removed, changed] = [0, 0, 0];
  for (const { more, less } of byKey.values()) {
    added += Math.max(more - less, 0);
    removed += Math.max(less - more, 0);
    changed += Math.min(more, less);
  }
  return { added, removed, changed };
}

function rowsOf(columns: CellColumns): number {
  return columns[0]?.length ?? 0;
}

function sameRow(a: CellColumns, rowOfA: number, b: CellColumns, rowOfB: number): boolean {
  // From the end: what tells rows apart comes last.
  for (let column = a.length - 1; column >= 0; column -= 1) {
    if (cellAt(a, column, rowOfA) !== cellAt(b, column, rowOfB)) return false;
  }
  return true;
}

/** A column that a file does not have is null in all rows. */
function cellAt(columns: CellColumns, column: number, row: number): Cell {
  return columns[column]?.[row] ?? null;
}

/** Those cells of a row that are keys, or the others, as one text that no other cells have. */
function rowText(
  columns: CellColumns,
  row: number,
  isKey: readonly boolean[],
  keys: boolean,
): string {
  let text = '';
  for (let column = 0; column < columns.length; column += 1) {
    if (isKey[column] === keys) text += cellText(cellAt(columns, column, row));
  }
  return text;
}

function cellText(cell: Cell): string {
  if (cell === null) return '-';
  // Their length tells texts apart from what comes after them. Both zeros are written the same.
  return typeof cell === 'string' ? `${cell.length}:${cell}` : `${cell};`;
}
