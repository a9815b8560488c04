import { useMemo, useState } from 'react';
import type { GridColumn, GridRows } from '../grid/data-grid.tsx';
import { words } from '../words/plot.ts';
import classes from './plot.module.css';
import { dimensionOf } from './plot-caption.ts';
import { PlotFigure } from './plot-figure.tsx';
import { plotOf } from './plot-of.ts';
import { SmallPlot } from './small-plot.tsx';

/** px. */
const HEIGHT = 320;
const SMALL_HEIGHT = 64;

/**
 * Draws a chart's table without any configuration: time series as lines, categories as bars, from
 * dimension_value, segment and value. Other results are drawn by their first dates or names and numbers.
 */
export function Plot({
  columns,
  rows,
  title,
  isSmall = false,
  height = isSmall ? SMALL_HEIGHT : HEIGHT,
  asOf,
  numbersId,
  headAt,
}: {
  readonly columns: readonly GridColumn[];
  readonly rows: GridRows;
  /** What it shows, for screen readers and the downloaded image. */
  readonly title: string;
  /** px. */
  readonly height?: number;
  /** Without legend, axes and tools, for a small picture in a list. */
  readonly isSmall?: boolean;
  /** When the data was fetched (ISO 8601): a day that was not over then is marked. */
  readonly asOf?: string | null;
  /** The id of the grid that has the same numbers, for people who do not see the plot. */
  readonly numbersId?: string;
  /** Where its caption and tools stand if not above it, such as the head of a panel. */
  readonly headAt?: HTMLElement | null;
}) {
  const spec = useMemo(() => plotOf(columns, rows), [columns, rows]);
  const dimension = useMemo(() => dimensionOf(columns, rows), [columns, rows]);
  const [chosen, setChosen] = useState(0);
  const view = spec[chosen] ?? spec[0];
  if (view === undefined) {
    return (
      <div className={classes.empty} style={{ height }}>
        <strong>{words.nothing}</strong>
        {!isSmall && <span>{words.nothingHelp}</span>}
      </div>
    );
  }
  if (isSmall) return <SmallPlot view={view} title={title} height={height} />;
  return (
    <PlotFigure
      key={view.name}
      view={view}
      names={spec.map(({ name }) => name)}
      onView={(name) => setChosen(spec.findIndex((other) => other.name === name))}
      title={title}
      dimension={dimension}
      height={height}
      asOf={asOf === undefined || asOf === null ? null : Date.parse(asOf)}
      {...(numbersId === undefined ? {} : { numbersId })}
      {...(headAt === undefined ? {} : { headAt })}
    />
  );
}
