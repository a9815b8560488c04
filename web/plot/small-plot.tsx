import { useComputedColorScheme } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { words } from '../words/plot.ts';
import { describePlot } from './describe-plot.ts';
import classes from './plot.module.css';
import { SHOWN_AT_FIRST } from './plot-legend.tsx';
import { optionOf } from './plot-option.ts';
import type { PlotView } from './plot-spec.ts';
import { useChart } from './use-chart.ts';

/** A plot without anything around it, for lists. */
export function SmallPlot({
  view,
  title,
  height,
}: {
  readonly view: PlotView;
  readonly title: string;
  readonly height: number;
}) {
  const scheme = useComputedColorScheme('light');
  const element = useRef<HTMLDivElement>(null);
  const option = useMemo(() => {
    const hidden = new Set(view.drawing.series.slice(SHOWN_AT_FIRST).map(({ name }) => name));
    return optionOf(view.drawing, {
      scheme,
      hidden,
      height,
      isSmall: true,
      labelEvery: 1,
      dotEvery: 0,
      hasSlider: false,
      isLastIncomplete: false,
      unnamed: words.unnamed,
    });
  }, [view, scheme, height]);
  useChart(element, option);
  return (
    <div
      ref={element}
      role="img"
      aria-label={describePlot(view.drawing, title)}
      className={classes.canvas}
      style={{ height }}
    />
  );
}
