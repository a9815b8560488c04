import type { z } from '@hono/zod-openapi';
import type { checkSchema, validationSchema } from '../../../src/server/validations/schema.ts';
import { words } from '../../words/add-source.ts';

/** What was found out about the credentials (`stream` null) or one stream. */
export type Check = z.output<typeof checkSchema>;
/** All checks of one account. */
export type Validation = z.output<typeof validationSchema>;

/** How far the checks are, and what they found. */
export interface CheckTally {
  /** Null until it is checked. */
  readonly credentials: Check | null;
  /** In the order in which they ended. */
  readonly charts: readonly Check[];
  readonly good: number;
  readonly bad: number;
}

/** The checks, counted. */
export function tally(checks: readonly Check[]): CheckTally {
  const charts = checks.filter(({ stream }) => stream !== null);
  const good = charts.filter(({ ok }) => ok).length;
  return {
    credentials: checks.find(({ stream }) => stream === null) ?? null,
    charts,
    good,
    bad: charts.length - good,
  };
}

/** The chart id of a stream of a chart: what follows `chart_`. */
export function chartIdOf(stream: string): string {
  return stream.replace(/^chart_/, '');
}

/** The layout of a chart in words: "Time series, daily, 1 row × 30 days". */
export function sayLayout({ shape }: Pick<Check, 'shape'>): string | null {
  if (shape === null) return null;
  const { layout, interval, rows, segments } = shape;
  return [
    words.layouts[layout],
    ...(interval === null ? [] : [words.layouts.intervals[interval]]),
    ...(layout === 'empty'
      ? []
      : [words.layouts.size(rows, words.layouts.of[interval ?? 'other'](segments))]),
  ].join(', ');
}
