import type { Activity } from '../product/activity.ts';
import type { Interval } from '../product/calendar.ts';
import type { Report } from '../report/report.ts';

/** The shapes of report that the simulator knows; most stand in reference §3 and §4. */
export type ChartLayout =
  | 'daily'
  | 'hourly'
  | 'weekly'
  | 'monthly'
  | 'several events'
  | 'segments by events'
  | 'group-by'
  | 'several group-bys'
  | 'numeric property'
  | '(none)'
  | 'one value column'
  | 'empty metric label'
  | 'sessions'
  | 'average sessions'
  | 'funnel over time'
  | 'funnel steps'
  | 'retention'
  | 'stickiness'
  | 'revenue LTV'
  | 'lifecycle'
  | 'composition'
  | 'data table'
  | 'data table, repeated header'
  | 'duplicate headers'
  | 'awkward texts'
  | 'LF only'
  | 'BOM'
  | 'no tabs'
  | 'header only'
  | 'title only'
  | 'URL first'
  | 'filter blocks'
  | 'wide'
  | 'sized'
  | 'unsupported';

/** A chart that somebody of the made-up company saved. */
export interface SavedChart {
  readonly id: string;
  readonly title: string;
  readonly layout: ChartLayout;
  /** How long the cache keeps an answer follows from it. */
  readonly interval: Interval;
  /** What one request costs, in Amplitude's units (reference §1.3). */
  readonly cost: number;
  /** What the chart shows; null for a kind of chart that has no table (reference §1.6). */
  readonly report: ((activity: Activity) => Report) | null;
}
