import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { words } from '../words/grid.ts';
import type { GridRows } from './data-grid.tsx';
import { type Extent, type Place, pressed, rangeOf, type Selection } from './selection.ts';
import { toTsv } from './to-tsv.ts';

/** Selecting with mouse and keyboard, and copying what is selected. */
export function useSelection(
  rows: GridRows,
  extent: Extent,
  show: (place: Place) => void,
): {
  readonly selection: Selection | null;
  /** What was done last, for the line beneath. */
  readonly said: string;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
} {
  const [selection, setSelection] = useState<Selection | null>(null);
  const [said, setSaid] = useState('');

  function select(next: Selection) {
    setSelection(next);
    setSaid('');
  }

  async function copy() {
    if (selection === null) return;
    const { top, bottom, left, right } = rangeOf(selection);
    const cells = rows.slice(top, bottom + 1).map((row) => row.slice(left, right + 1));
    try {
      await navigator.clipboard.writeText(toTsv(cells));
      setSaid(words.copied(cells.length * (right - left + 1)));
    } catch {
      setSaid(words.copyFailed);
    }
  }

  return {
    selection,
    said,
    onFocus: () => {
      if (selection !== null || rows.length === 0) return;
      const first = { row: 0, column: 0 };
      setSelection({ anchor: first, active: first });
    },
    onKeyDown: (event) => {
      const command = event.ctrlKey || event.metaKey;
      if (command && event.key.toLowerCase() === 'c') {
        event.preventDefault();
        void copy();
        return;
      }
      if (selection === null || event.altKey) return;
      const next = pressed(selection, { key: event.key, shift: event.shiftKey, command }, extent);
      if (next === null) return;
      event.preventDefault();
      select(next);
      if (event.key.startsWith('Arrow') || !command || event.key !== 'a') show(next.active);
    },
    onPointerDown: (event) => {
      const place = placeOf(event.target, extent);
      if (place === null || event.button !== 0) return;
      const anchor = event.shiftKey && selection !== null ? selection.anchor : place.anchor;
      select({ anchor, active: place.active });
    },
    onPointerMove: (event) => {
      // A finger that moves scrolls.
      if (event.buttons !== 1 || event.pointerType === 'touch' || selection === null) return;
      const place = placeOf(event.target, extent);
      if (place !== null) select({ anchor: selection.anchor, active: place.active });
    },
  };
}

/** The cell, row or column that is under the pointer. */
function placeOf(target: EventTarget, extent: Extent): Selection | null {
  if (!(target instanceof Element)) return null;
  const cell = target.closest('[data-row], [data-column]');
  if (!(cell instanceof HTMLElement) || extent.rows === 0) return null;
  const row = cell.dataset['row'];
  const column = cell.dataset['column'];
  return {
    anchor: {
      row: row === undefined ? extent.rows - 1 : Number(row),
      column: column === undefined ? extent.columns - 1 : Number(column),
    },
    active: { row: Number(row ?? 0), column: Number(column ?? 0) },
  };
}
