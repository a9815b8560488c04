import type { ECharts, EChartsCoreOption } from 'echarts/core';
import { type RefObject, useEffect, useRef } from 'react';
import { startChart } from './chart-engine.ts';
import { rangeOf, type ShownRange } from './zoom-by.ts';

/**
 * Draws an option in an element, anew when it changes, and as wide as the element is.
 *
 * @param onZoom hears what is shown of the axis; the same function each time
 */
export function useChart(
  element: RefObject<HTMLDivElement | null>,
  option: EChartsCoreOption,
  onZoom?: (range: ShownRange) => void,
): RefObject<ECharts | null> {
  const chart = useRef<ECharts | null>(null);
  useEffect(() => {
    if (element.current === null) return;
    const started = startChart(element.current);
    chart.current = started;
    started.on('datazoom', () => onZoom?.(rangeOf(started)));
    const observer = new ResizeObserver(() => started.resize());
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      started.dispose();
      chart.current = null;
    };
  }, [element, onZoom]);
  useEffect(() => {
    chart.current?.setOption(option, { replaceMerge: ['series', 'xAxis', 'yAxis', 'dataZoom'] });
  }, [option]);
  return chart;
}
