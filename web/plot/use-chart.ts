import type { ECharts, EChartsCoreOption } from 'echarts/core';
import { type RefObject, useEffect, useRef } from 'react';
import { startChart } from './chart-engine.ts';

/** Draws an option in an element, anew when it changes, and as wide as the element is. */
export function useChart(
  element: RefObject<HTMLDivElement | null>,
  option: EChartsCoreOption,
): RefObject<ECharts | null> {
  const chart = useRef<ECharts | null>(null);
  useEffect(() => {
    if (element.current === null) return;
    const started = startChart(element.current);
    chart.current = started;
    const observer = new ResizeObserver(() => started.resize());
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      started.dispose();
      chart.current = null;
    };
  }, [element]);
  useEffect(() => {
    chart.current?.setOption(option, { replaceMerge: ['series', 'xAxis', 'yAxis', 'dataZoom'] });
  }, [option]);
  return chart;
}
