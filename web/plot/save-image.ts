import { startChart } from './chart-engine.ts';
import { INK } from './palette.ts';
import { optionOf, type PlotLook } from './plot-option.ts';
import type { PlotView } from './plot-spec.ts';

const WIDTH = 1_200;
const HEIGHT = 640;

/** Saves a drawing as a PNG with its title and legend, as it would be pasted into a report. */
export function saveImage(drawing: PlotView['drawing'], title: string, look: PlotLook): void {
  const element = document.createElement('div');
  const chart = startChart(element, { width: WIDTH, height: HEIGHT });
  const ink = INK[look.scheme];
  chart.setOption({
    ...optionOf(drawing, { ...look, height: HEIGHT - 120 }),
    backgroundColor: ink.surface,
    title: { text: title, left: 20, top: 16, textStyle: { color: ink.title, fontSize: 20 } },
    legend: {
      show: drawing.series.length > 1,
      type: 'scroll',
      left: 16,
      right: 16,
      bottom: 12,
      textStyle: { color: ink.text },
    },
    grid: { left: 20, right: 28, top: 68, bottom: drawing.series.length > 1 ? 52 : 24 },
    dataZoom: [],
  });
  const link = document.createElement('a');
  link.href = chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: ink.surface });
  link.download = `${title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'plot'}.png`;
  link.click();
  chart.dispose();
}
