import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { words } from '../words/grid.ts';
import { columnWidths } from './column-widths.ts';
import classes from './data-grid.module.css';
import { GridFoot } from './grid-foot.tsx';
import { GridHead } from './grid-head.tsx';
import { type ColumnPlace, GridRow } from './grid-row.tsx';
import { textMeasure } from './measure-text.ts';
import { type Place, rangeOf } from './selection.ts';
import { useSelection } from './use-selection.ts';

/** A column of a result. */
export interface GridColumn {
  readonly name: string;
  /** As the engine names it: `VARCHAR`, `DOUBLE`. */
  readonly type: string;
}

/** Rows as the API gives them: one array a row, in the order of the columns. */
export type GridRows = readonly (readonly unknown[])[];

/** px; the same as in data-grid.module.css. */
const ROW = 32;
const HEAD = 44;
/** For a scroll bar beneath the last row. */
const BAR = 14;
/** px; `--mantine-font-size-sm`. */
const FONT = 13;

/** A result to look at, to scroll and to copy from: only the rows in view are drawn. */
export function DataGrid({
  columns,
  rows,
  label,
  height = '480px',
  id,
}: {
  readonly columns: readonly GridColumn[];
  readonly rows: GridRows;
  /** The grid's name for screen readers. */
  readonly label: string;
  /** CSS height; the grid is as high as its rows need, up to this. */
  readonly height?: string;
  /** For links that lead here. */
  readonly id?: string;
}) {
  const ownId = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const fitting = useMemo(() => columnWidths(columns, rows, textMeasure(FONT)), [columns, rows]);
  const [dragged, setDragged] = useState<ReadonlyMap<number, number>>(new Map());
  const numberWidth = 28 + words.number(rows.length).length * 8;

  const down = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollMargin: 0,
    paddingStart: HEAD,
    scrollPaddingStart: HEAD,
    scrollPaddingEnd: BAR,
    useFlushSync: false,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => dragged.get(index) ?? fitting[index] ?? 120,
    overscan: 3,
    paddingStart: numberWidth,
    scrollPaddingStart: numberWidth,
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: widths that changed are measured anew
  useEffect(() => across.measure(), [across, fitting, dragged]);

  const hasMore = down.range !== null && down.range.endIndex < rows.length - 1;
  const items = across.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  const width = across.getTotalSize();
  // The rows are drawn anew only if other columns come into view, not with each step of scrolling.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the places follow from these
  const places = useMemo<readonly ColumnPlace[]>(
    () => items.map(({ index, start, size }) => ({ index, start: start - numberWidth, size })),
    [first, last, width, numberWidth, fitting, dragged],
  );

  const show = useCallback(
    ({ row, column }: Place) => {
      down.scrollToIndex(row);
      across.scrollToIndex(column);
    },
    [down, across],
  );
  const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 320) / ROW) - 2);
  const extent = { rows: rows.length, columns: columns.length, page };
  const { selection, said, ...handlers } = useSelection(rows, extent, show);
  const range = selection === null ? null : rangeOf(selection);

  function resize(column: number, size: number | null) {
    const next = new Map(dragged);
    if (size === null) next.delete(column);
    else next.set(column, size);
    setDragged(next);
  }

  return (
    <div className={classes.frame} id={id} tabIndex={id === undefined ? undefined : -1}>
      {/* biome-ignore lint/a11y: a table element cannot be virtualised in both directions */}
      <div
        ref={scroll}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-multiselectable
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        aria-activedescendant={selection === null ? undefined : `${ownId}-active`}
        className={classes.scroll}
        data-more={hasMore || undefined}
        style={{ height: `min(${height}, ${HEAD + Math.max(1, rows.length) * ROW + BAR}px)` }}
        {...handlers}
      >
        <GridHead
          columns={columns}
          places={places}
          numberWidth={numberWidth}
          width={width}
          onResize={resize}
        />
        {/* biome-ignore lint/a11y: as above */}
        <div
          role="rowgroup"
          className={classes.body}
          style={{ height: down.getTotalSize() - HEAD, width }}
        >
          {down.getVirtualItems().map(({ index, start }) => {
            const isSelected = range !== null && index >= range.top && index <= range.bottom;
            return (
              <GridRow
                key={index}
                id={ownId}
                index={index}
                top={start - HEAD}
                width={width}
                values={rows[index] ?? []}
                columns={columns}
                places={places}
                numberWidth={numberWidth}
                selectedFrom={isSelected ? range.left : -1}
                selectedTo={isSelected ? range.right : -1}
                active={selection?.active.row === index ? selection.active.column : -1}
              />
            );
          })}
        </div>
      </div>
      {rows.length === 0 ? (
        <div className={classes.none}>{words.noRows}</div>
      ) : (
        <GridFoot columns={columns} rows={rows} selection={selection} said={said} />
      )}
    </div>
  );
}
