import type { GridColumn, GridRows } from '../grid/data-grid.tsx';
import { words } from '../words/plot.ts';
import type { PlotView } from './plot-spec.ts';
import type { TimeStep } from './time-step.ts';
import { isPart, type ShownRange, WHOLE } from './zoom-by.ts';

const DAYS = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const HOURS = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});
const MONTHS = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** By what a chart's series differ ("Country"); null if the rows name nothing, or several things. */
export function dimensionOf(columns: readonly GridColumn[], rows: GridRows): string | null {
  const at = columns.findIndex(({ name }) => name === 'dimension_name');
  if (at < 0) return null;
  const [name, ...others] = new Set(rows.map((row) => row[at]));
  if (typeof name !== 'string' || name === '' || others.length > 0) return null;
  return name.replaceAll('; ', ', ');
}

/** What is seen, in a few words: the only series or what several differ by, and the dates of `range`. */
export function captionOf(
  drawing: PlotView['drawing'],
  dimension: string | null,
  range: ShownRange = WHOLE,
): string {
  const [only, ...others] = drawing.series;
  const by = others.length > 0 ? dimension && words.by(dimension) : only?.name;
  return [by, drawing.kind === 'time' ? datesOf(drawing, range) : null]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' · ');
}

function datesOf(
  { times, step, hasHours }: PlotView['drawing'] & { readonly kind: 'time' },
  range: ShownRange,
): string {
  const [first = 0, last = first] = [times[0], times.at(-1)];
  const at = (percent: number) => first + ((last - first) * percent) / 100;
  const seen = times.filter((ms) => ms >= at(range.start) && ms <= at(range.end));
  // Between two places there is none of the data: then it is said what the axis shows.
  const [from, to] = [seen[0] ?? at(range.start), seen.at(-1) ?? at(range.end)];
  const format = hasHours && isPart(range) ? HOURS : isLongStep(step) ? MONTHS : DAYS;
  // Where a caption has to wrap, the dates stay together.
  return format.formatRange(from, to).replace(/\s/gu, '\u00a0');
}

function isLongStep(step: TimeStep | null): boolean {
  return step === 'month' || step === 'quarter';
}
