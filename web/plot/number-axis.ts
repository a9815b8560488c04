import { INK } from './palette.ts';
import type { PlotLook } from './plot-look.ts';
import { sayTick } from './plot-numbers.ts';
import type { PlotSeries, PlotView } from './plot-spec.ts';

/** Lines whose smallest value is at least this part of the largest lie in a band of their own. */
const BAND = 0.75;

/** The axis of values. */
export function numberAxis({ kind, series }: PlotView['drawing'], look: PlotLook) {
  const ink = INK[look.scheme];
  const shown = series.filter(({ name }) => !look.hidden.has(name));
  return {
    type: 'value',
    show: !look.isSmall,
    // A bar that does not start at 0 lies about its length.
    scale: kind === 'time' && (look.isSmall || isNarrow(shown)),
    axisLabel: { color: ink.text, formatter: sayTick, hideOverlap: true },
    splitLine: { lineStyle: { color: ink.line } },
  };
}

/** Whether all values are so close to each other, and far from 0, that an axis from 0 on would hide how they move. */
export function isNarrow(series: readonly PlotSeries[]): boolean {
  let [least, most] = [Infinity, -Infinity];
  for (const { values } of series) {
    for (const value of values) {
      if (value === null) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  if (most < least) return false;
  return (least > 0 && least >= most * BAND) || (most < 0 && most <= least * BAND);
}
