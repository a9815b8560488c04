import { BarChart, LineChart } from 'echarts/charts';
import {
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  TitleComponent,
  TooltipComponent,
} from 'echarts/components';
import { type ECharts, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

// Only what the plots use: the whole library is four times as large.
use([
  BarChart,
  LineChart,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  TitleComponent,
  TooltipComponent,
  CanvasRenderer,
]);

/** Starts a chart in an element; to be disposed of with it. */
export function startChart(
  element: HTMLElement,
  size: { readonly width: number; readonly height: number } | null = null,
): ECharts {
  return init(element, null, { renderer: 'canvas', useDirtyRect: false, ...size });
}
