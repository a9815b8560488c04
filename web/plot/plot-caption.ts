import type { GridColumn, GridRows } from '../grid/data-grid.tsx';
import { words } from '../words/plot.ts';
import type { PlotView } from './plot-spec.ts';

const DAYS = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
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

/** What is drawn, in a few words: the only series or what several differ by, and the dates. */
export function captionOf(drawing: PlotView['drawing'], dimension: string | null): string {
  const [only, ...others] = drawing.series;
  const by = others.length > 0 ? dimension && words.by(dimension) : only?.name;
  return [by, drawing.kind === 'time' ? datesOf(drawing) : null]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' · ');
}

function datesOf({ times, step }: PlotView['drawing'] & { readonly kind: 'time' }): string {
  const [first = 0, last = first] = [times[0], times.at(-1)];
  const range = (step === 'month' || step === 'quarter' ? MONTHS : DAYS).formatRange(first, last);
  // Where a caption has to wrap, the dates stay together.
  return range.replace(/\s/gu, '\u00a0');
}
