import { words } from '../words/plot.ts';
import { sayTime, sayValue } from './plot-numbers.ts';
import type { PlotView } from './plot-spec.ts';

/** A plot in a sentence, for people who do not see it. */
export function describePlot(drawing: PlotView['drawing'], title: string): string {
  let [least, most] = [Infinity, -Infinity];
  for (const { values } of drawing.series) {
    for (const value of values) {
      if (value === null) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  const names =
    drawing.kind === 'time'
      ? drawing.times.map((ms) => sayTime(ms, drawing.hasHours))
      : drawing.categories;
  return words.describe({
    kind: words.kinds[drawing.kind === 'time' ? 'time' : drawing.mark],
    title,
    series: drawing.series.length,
    places: names.length,
    from: names[0] || words.unnamed,
    to: names.at(-1) || words.unnamed,
    least: sayValue(least),
    most: sayValue(most),
  });
}
