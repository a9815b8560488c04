import { useMemo } from 'react';
import { words } from '../words/grid.ts';
import classes from './data-grid.module.css';
import type { GridColumn, GridRows } from './data-grid.tsx';
import { exactText } from './format-cell.ts';
import { rangeOf, type Selection } from './selection.ts';
import { sumOf } from './sum-of.ts';

const number = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 8 });

/** All of the active cell, or what is selected in number. */
export function GridFoot({
  columns,
  rows,
  selection,
  said,
}: {
  readonly columns: readonly GridColumn[];
  readonly rows: GridRows;
  readonly selection: Selection | null;
  /** What was done last, such as copying. */
  readonly said: string;
}) {
  const range = selection === null ? null : rangeOf(selection);
  const total = useMemo(
    () => (selection === null ? null : sumOf(rows, rangeOf(selection))),
    [rows, selection],
  );
  const isOne = range === null || (range.top === range.bottom && range.left === range.right);
  const value = selection && rows[selection.active.row]?.[selection.active.column];
  return (
    <div className={classes.foot}>
      {selection === null || range === null ? (
        <span className={classes.value} data-hint>
          {words.help}
        </span>
      ) : isOne ? (
        <span className={classes.value}>
          <span style={{ color: 'var(--quiet)' }}>
            {words.cell(columns[range.left]?.name ?? '', range.top + 1)}:{' '}
          </span>
          {value === null || value === undefined ? words.null : exactText(value)}
        </span>
      ) : (
        <span className={classes.value}>
          {[
            words.selected(range.bottom - range.top + 1, range.right - range.left + 1),
            ...(total === null
              ? []
              : [
                  words.sum(number.format(total.sum)),
                  words.average(number.format(total.sum / total.count)),
                ]),
          ].join(' · ')}
        </span>
      )}
      <span role="status">{said}</span>
    </div>
  );
}
