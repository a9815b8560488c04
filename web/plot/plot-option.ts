import type { EChartsCoreOption } from 'echarts/core';
import { lineSeries } from './line-series.ts';
import { numberAxis } from './number-axis.ts';
import { colourOf } from './palette.ts';
import { labelRoom, placeAxis } from './place-axis.ts';
import type { PlotLook } from './plot-look.ts';
import type { CategoryDrawing, PlotView } from './plot-spec.ts';
import { canZoom, SLIDER_ROOM, zoomOption } from './zoom-option.ts';

/** A drawing in the words of ECharts. Colours stay with their series when others are switched off. */
export function optionOf(drawing: PlotView['drawing'], look: PlotLook): EChartsCoreOption {
  const isFlat = drawing.kind === 'categories' && drawing.isHorizontal;
  const places = placeAxis(drawing, look);
  const numbers = numberAxis(drawing, look);
  const zooms = !look.isSmall && canZoom(drawing);
  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: "'Inter Variable', system-ui, sans-serif" },
    grid: look.isSmall
      ? { left: 2, right: 2, top: 3, bottom: 3, outerBoundsMode: 'none' }
      : {
          left: 8,
          right: isFlat && zooms ? 32 : 24,
          top: 12,
          // Room for the slider is kept, so that nothing moves when it appears.
          bottom: labelRoom(drawing) + (zooms && !isFlat ? SLIDER_ROOM : 0),
        },
    xAxis: isFlat ? numbers : places,
    yAxis: isFlat ? { ...places, inverse: true } : numbers,
    dataZoom: zooms ? zoomOption(drawing, look) : [],
    series: drawing.mark === 'bar' ? barSeries(drawing, look) : lineSeries(drawing, look),
  };
}

function barSeries({ series, isHorizontal }: CategoryDrawing, look: PlotLook) {
  return series.flatMap(({ name, values }, index) => {
    if (look.hidden.has(name)) return [];
    const color = colourOf(index, look.scheme);
    return {
      type: 'bar',
      id: String(index),
      name: name || look.unnamed,
      data: [...values],
      barMaxWidth: 36,
      barGap: '8%',
      itemStyle: { color, borderRadius: isHorizontal ? [0, 2, 2, 0] : [2, 2, 0, 0] },
    };
  });
}
