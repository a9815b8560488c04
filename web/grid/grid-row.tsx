import { memo } from 'react';
import { words } from '../words/grid.ts';
import { isNumberType } from './column-kind.ts';
import classes from './data-grid.module.css';
import type { GridColumn } from './data-grid.tsx';
import { exactText, formatCell } from './format-cell.ts';

/** Where a column stands, in px. */
export interface ColumnPlace {
  readonly index: number;
  readonly start: number;
  readonly size: number;
}

/** A longer text on hover would fill the screen; the line beneath the grid shows all of it. */
const HOVER_CHARACTERS = 1_000;

/** One row of the grid; drawn again only if something of it changes, as scrolling moves all of them. */
export const GridRow = memo(function GridRow({
  id,
  index,
  top,
  width,
  values,
  columns,
  places,
  numberWidth,
  selectedFrom,
  selectedTo,
  active,
}: {
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly width: number;
  readonly values: readonly unknown[];
  readonly columns: readonly GridColumn[];
  readonly places: readonly ColumnPlace[];
  readonly numberWidth: number;
  /** First and last selected column; -1 for none. */
  readonly selectedFrom: number;
  readonly selectedTo: number;
  /** The column of the cell that has the focus; -1 for none. */
  readonly active: number;
}) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot be virtualised in both directions
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      style={{ transform: `translateY(${top}px)`, width }}
    >
      {/* biome-ignore lint/a11y: as above */}
      <div
        role="rowheader"
        aria-colindex={1}
        className={classes.number}
        style={{ width: numberWidth }}
        data-row={index}
      >
        {words.number(index + 1)}
      </div>
      {places.map(({ index: at, start, size }) => {
        const type = columns[at]?.type ?? '';
        const { kind, text } = formatCell(values[at], type);
        return (
          // biome-ignore lint/a11y: as above
          <div
            key={at}
            id={at === active ? `${id}-active` : undefined}
            role="gridcell"
            aria-colindex={at + 2}
            aria-selected={at >= selectedFrom && at <= selectedTo}
            className={classes.cell}
            style={{ left: start + numberWidth, width: size }}
            data-kind={kind}
            data-right={isNumberType(type) || undefined}
            data-active={at === active || undefined}
            data-row={index}
            data-column={at}
            title={kind === 'null' ? undefined : exactText(values[at]).slice(0, HOVER_CHARACTERS)}
          >
            {kind === 'null' ? words.null : text}
          </div>
        );
      })}
    </div>
  );
});
