import { startChart } from './chart-engine.ts';
import { densityOf } from './density.ts';
import { INK } from './palette.ts';
import { labelRoom } from './place-axis.ts';
import type { PlotLook } from './plot-look.ts';
import { optionOf } from './plot-option.ts';
import type { PlotView } from './plot-spec.ts';
import { WHOLE } from './zoom-by.ts';

const WIDTH = 1_200;
const HEIGHT = 640;
const LEGEND = 48;
const EDGE = 24;

/**
 * Saves all of a drawing as a PNG with its title and legend, as it would be pasted into a report.
 * Returns the name of the file.
 */
export function saveImage(
  drawing: PlotView['drawing'],
  { title, caption }: { readonly title: string; readonly caption: string },
  look: PlotLook,
): string {
  const element = document.createElement('div');
  const chart = startChart(element, { width: WIDTH, height: HEIGHT });
  const ink = INK[look.scheme];
  const names = drawing.series.map(({ name }) => name).filter((name) => !look.hidden.has(name));
  const hasLegend = drawing.series.length > 1;
  const density = densityOf(drawing, { width: WIDTH, range: WHOLE, lines: names.length });
  chart.setOption({
    ...optionOf(drawing, { ...look, ...density, height: HEIGHT - 120 }),
    backgroundColor: ink.surface,
    title: {
      text: title,
      subtext: caption,
      left: EDGE,
      top: 16,
      itemGap: 4,
      textStyle: { color: ink.title, fontSize: 20, lineHeight: 26 },
      subtextStyle: { color: ink.text, fontSize: 13 },
    },
    legend: {
      show: hasLegend,
      // A series without a name has one in the drawing; lines have more series than names.
      data: names.map((name) => name || look.unnamed),
      type: 'scroll',
      left: EDGE - 5,
      right: EDGE,
      bottom: 14,
      itemGap: 20,
      itemWidth: 24,
      itemHeight: 9,
      textStyle: { color: ink.text },
    },
    grid: {
      left: EDGE,
      right: EDGE,
      top: 88,
      outerBounds: { left: EDGE, right: EDGE, top: 0, bottom: 0 },
      bottom: labelRoom(drawing) + (hasLegend ? LEGEND : 16),
    },
    dataZoom: [],
  });
  const link = document.createElement('a');
  link.href = chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: ink.surface });
  link.download = `${title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'plot'}.png`;
  link.click();
  chart.dispose();
  return link.download;
}
