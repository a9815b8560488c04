import type { Activity } from '../product/activity.ts';
import { dateText, type Interval, type Period } from '../product/calendar.ts';
import {
  type Block,
  type Cell,
  count,
  decimal,
  type Row,
  type Spelling,
  text,
  texts,
} from '../report/report.ts';
import type { ChartLayout, SavedChart } from './saved-chart.ts';

/** The cells of one row of a table over time: its name and usual daily number in, a period's cell out. */
export type Measure = (
  activity: Activity,
  name: string,
  perDay: number,
) => (period: Period) => Cell;

/** A chart with one column per period: event segmentation, sessions, funnels over time. */
export interface TimeSeriesChart {
  readonly id: string;
  readonly title: string;
  readonly layout: ChartLayout;
  readonly interval: Interval;
  readonly cost: number;
  /** The columns, oldest first. */
  readonly periods: (now: number) => readonly Period[];
  /** The header of a column; its first day unless given. */
  readonly heading?: (time: number) => string;
  readonly url?: string;
  readonly description?: string;
  /** The cells of the metric line, such as `Uniques`; without it there is no metric block. */
  readonly metric?: readonly string[];
  readonly events?: readonly string[];
  /** Blocks of filter lines, after the metric (reference §3.7). */
  readonly filters?: readonly (readonly string[])[];
  /** The headers of the label columns. */
  readonly labels: readonly string[];
  readonly rows: readonly TimeSeriesRow[];
  readonly measure?: Measure;
  readonly spelling?: Spelling;
}

export interface TimeSeriesRow {
  /** One per label column. */
  readonly labels: readonly string[];
  readonly perDay: number;
}

export function timeSeriesChart(chart: TimeSeriesChart): SavedChart {
  const { id, title, layout, interval, cost } = chart;
  return {
    id,
    title,
    layout,
    interval,
    cost,
    report: (activity) => ({
      preamble: preamble(chart),
      table: table(chart, activity),
      ...(chart.spelling ? { spelling: chart.spelling } : {}),
    }),
  };
}

function preamble(chart: TimeSeriesChart): readonly Block[] {
  const about = [chart.url, chart.title, chart.description].filter((line) => line !== undefined);
  const blocks: Block[] = [lines(about)];
  if (chart.metric) blocks.push([texts(chart.metric), ...lines(chart.events ?? [])]);
  return [...blocks, ...(chart.filters ?? []).map(lines)];
}

function lines(values: readonly string[]): Block {
  return values.map((value) => [text(value)]);
}

function* table(chart: TimeSeriesChart, activity: Activity): Generator<Row> {
  const { labels, rows, heading = dateText, measure = counts } = chart;
  const periods = chart.periods(activity.now);
  yield texts([...labels, ...periods.map((period) => heading(period.start))]);
  for (const row of rows) {
    const cell = measure(activity, row.labels.join('; '), row.perDay);
    yield [...texts(row.labels), ...periods.map(cell)];
  }
}

const counts: Measure = (activity, name, perDay) => {
  const series = activity.series(name, perDay);
  return (period) => count(series(period));
};

/** One number over another, such as sessions per user; 0 where there is nothing to divide by. */
export function ratiosOf(around: number): Measure {
  return (activity, name, perDay) => {
    const series = activity.series(name, perDay);
    return (period) => {
      const all = series(period);
      const part = Math.floor(all * activity.rate(name, period, around));
      return decimal(all === 0 ? 0 : part / all);
    };
  };
}
