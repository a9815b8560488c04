/** A cell by its place; both count from 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** What is selected: from where it began to where it has been drawn, in any direction. */
export interface Selection {
  readonly anchor: Place;
  /** The cell that has the focus. */
  readonly active: Place;
}

export interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows that fit on the screen, for PageUp and PageDown. */
  readonly page: number;
}

export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The cells of a selection, with both ends. */
export function rangeOf({ anchor, active }: Selection): Range {
  return {
    top: Math.min(anchor.row, active.row),
    bottom: Math.max(anchor.row, active.row),
    left: Math.min(anchor.column, active.column),
    right: Math.max(anchor.column, active.column),
  };
}

/** A key that was pressed over the grid. */
export interface Press {
  readonly key: string;
  readonly shift: boolean;
  /** Ctrl, or Command on a Mac. */
  readonly command: boolean;
}

/** What is selected after a key; null for one that means nothing here (WAI-ARIA grid pattern). */
export function pressed(selection: Selection, press: Press, extent: Extent): Selection | null {
  const last = { row: extent.rows - 1, column: extent.columns - 1 };
  if (press.command && press.key.toLowerCase() === 'a') {
    return { anchor: last, active: { row: 0, column: 0 } };
  }
  const target = moved(selection.active, press, extent, last);
  if (target === null) return null;
  const active = {
    row: Math.min(Math.max(0, target.row), Math.max(0, last.row)),
    column: Math.min(Math.max(0, target.column), Math.max(0, last.column)),
  };
  return { anchor: press.shift ? selection.anchor : active, active };
}

function moved(from: Place, { key, command }: Press, extent: Extent, last: Place): Place | null {
  const { row, column } = from;
  switch (key) {
    case 'ArrowUp':
      return { row: command ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: command ? last.row : row + 1, column };
    case 'ArrowLeft':
      return { row, column: command ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: command ? last.column : column + 1 };
    case 'Home':
      return { row: command ? 0 : row, column: 0 };
    case 'End':
      return { row: command ? last.row : row, column: last.column };
    case 'PageUp':
      return { row: row - extent.page, column };
    case 'PageDown':
      return { row: row + extent.page, column };
    default:
      return null;
  }
}
