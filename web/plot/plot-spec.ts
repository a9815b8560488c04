import type { TimeStep } from './time-step.ts';

/** One line, or the bars of one colour. */
export interface PlotSeries {
  readonly name: string;
  /** The sum of its values without their signs: what is largest is shown first. */
  readonly size: number;
  /** One for each place on the axis; null where there is no number, which is never drawn as 0. */
  readonly values: readonly (number | null)[];
}

interface Drawing {
  readonly series: readonly PlotSeries[];
  /** Series that are left out because there are too many to tell apart. */
  readonly hiddenSeries: number;
}

/** Lines over time. */
export interface TimeDrawing extends Drawing {
  readonly kind: 'time';
  readonly mark: 'line';
  /** ms since 1970, ascending. Clocks of the chart's project are read as UTC: nothing is moved. */
  readonly times: readonly number[];
  /** Whether the times have an hour, or are whole days. */
  readonly hasHours: boolean;
  /** What lies between the places; null where they are not regular. */
  readonly step: TimeStep | null;
}

/** Bars over names, or lines over steps that have an order ("Day 0", "Day 1"). */
export interface CategoryDrawing extends Drawing {
  readonly kind: 'categories';
  readonly mark: 'bar' | 'line';
  readonly categories: readonly string[];
  /** Places on the axis that are left out because there are too many. */
  readonly hiddenCategories: number;
  /** Whether the names read better under each other. */
  readonly isHorizontal: boolean;
}

/** Numbers that can share one axis. */
export interface PlotView {
  /** What the numbers are ("Users"), to choose among several views. */
  readonly name: string;
  readonly drawing: TimeDrawing | CategoryDrawing;
}

/**
 * What can be drawn of a result: several views where its numbers have scales too different for one axis
 * (41,798 users beside a share of 0.73); none where there is nothing to draw.
 */
export type PlotSpec = readonly PlotView[];
