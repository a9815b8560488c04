import { type PointerEvent, useRef } from 'react';
import { words } from '../words/grid.ts';
import { isNumberType } from './column-kind.ts';
import { NARROWEST } from './column-widths.ts';
import classes from './data-grid.module.css';
import type { GridColumn } from './data-grid.tsx';
import type { ColumnPlace } from './grid-row.tsx';
import { typeName } from './type-name.ts';

/** Names and types of the columns; they stay in view, and can be made wider. */
export function GridHead({
  columns,
  places,
  numberWidth,
  width,
  onResize,
}: {
  readonly columns: readonly GridColumn[];
  readonly places: readonly ColumnPlace[];
  readonly numberWidth: number;
  readonly width: number;
  /** px; null is as wide as its content. */
  readonly onResize: (column: number, width: number | null) => void;
}) {
  const drag = useRef<{ readonly x: number; readonly size: number } | null>(null);
  function start(event: PointerEvent, size: number) {
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, size };
  }
  function move(event: PointerEvent, column: number) {
    event.stopPropagation();
    if (drag.current === null) return;
    onResize(column, Math.max(NARROWEST, drag.current.size + event.clientX - drag.current.x));
  }
  function end() {
    drag.current = null;
  }
  return (
    // biome-ignore lint/a11y: a table element cannot be virtualised in both directions
    <div role="rowgroup" className={classes.head} style={{ width }}>
      {/* biome-ignore lint/a11y: as above */}
      <div role="row" aria-rowindex={1} style={{ height: '100%' }}>
        {/* biome-ignore lint/a11y: as above */}
        <div
          role="columnheader"
          aria-colindex={1}
          aria-label={words.rowNumber}
          className={classes.corner}
          style={{ width: numberWidth }}
        >
          #
        </div>
        {places.map(({ index, start: left, size }) => {
          const column = columns[index];
          const isNumber = isNumberType(column?.type ?? '');
          return (
            // biome-ignore lint/a11y: as above
            <div
              key={index}
              role="columnheader"
              aria-colindex={index + 2}
              className={classes.title}
              style={{ left: left + numberWidth, width: size }}
              data-right={isNumber || undefined}
              data-column={index}
              title={column?.name}
            >
              <div className={classes.name}>{column?.name}</div>
              <div className={classes.type}>{typeName(column?.type ?? '')}</div>
              <span
                aria-hidden
                title={words.resize}
                className={classes.handle}
                onPointerDown={(event) => start(event, size)}
                onPointerMove={(event) => move(event, index)}
                onPointerUp={end}
                onPointerCancel={end}
                onDoubleClick={() => onResize(index, null)}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
