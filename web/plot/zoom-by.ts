import type { ECharts } from 'echarts/core';

/** What a chart shows of its axis, in percent. */
export interface ShownRange {
  readonly start: number;
  readonly end: number;
}

export const WHOLE: ShownRange = { start: 0, end: 100 };

/** Whether only a part is shown. */
export function isPart({ start, end }: ShownRange): boolean {
  return start > 0 || end < 100;
}

/** A closer look than at two places shows no more. */
const PLACES_AT_LEAST = 2;

/** Whether a closer look at an axis of so many places would still show something. */
export function canZoomIn({ start, end }: ShownRange, places: number): boolean {
  return ((end - start) / 100) * places > PLACES_AT_LEAST;
}

/** Shows less (0.5: half) or more (2: twice) of the axis around what is shown; null shows all. */
export function zoomBy(chart: ECharts | null, factor: number | null): void {
  if (chart === null) return;
  zoomTo(chart, factor === null ? WHOLE : scaled(rangeOf(chart), factor));
}

export function zoomTo(chart: ECharts, range: ShownRange): void {
  chart.dispatchAction({ type: 'dataZoom', dataZoomIndex: 0, ...range });
}

/** A range around the same middle, inside the axis. */
export function scaled({ start, end }: ShownRange, factor: number): ShownRange {
  const size = Math.min(100, (end - start) * factor);
  const from = Math.min(Math.max(0, (start + end - size) / 2), 100 - size);
  return { start: from, end: from + size };
}

/** What a chart shows now. */
export function rangeOf(chart: ECharts): ShownRange {
  const zooms: unknown = chart.getOption()['dataZoom'];
  const zoom: unknown = Array.isArray(zooms) ? zooms[0] : null;
  if (typeof zoom !== 'object' || zoom === null) return WHOLE;
  const start = 'start' in zoom && typeof zoom.start === 'number' ? zoom.start : 0;
  const end = 'end' in zoom && typeof zoom.end === 'number' ? zoom.end : 100;
  return { start, end };
}
