import type { GridColumn, GridRows } from '../grid/data-grid.tsx';
import { drawCategories } from './draw-categories.ts';
import { drawTimes } from './draw-times.ts';
import { pointsOf } from './plot-points.ts';
import type { PlotSpec } from './plot-spec.ts';
import { splitScales } from './split-scales.ts';

/**
 * Decides how to draw a result: as lines over time where the axis holds dates, as bars over names
 * otherwise. Needs no configuration: a chart's columns are known, of other results they are guessed.
 */
export function plotOf(columns: readonly GridColumn[], rows: GridRows): PlotSpec {
  return splitScales(pointsOf(columns, rows)).map(({ name, points }) => ({
    name,
    drawing: drawTimes(points) ?? drawCategories(points),
  }));
}
