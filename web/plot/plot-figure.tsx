import {
  ActionIcon,
  Group,
  SegmentedControl,
  Tooltip,
  useComputedColorScheme,
} from '@mantine/core';
import { IconDownload, IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { words } from '../words/plot.ts';
import { describePlot } from './describe-plot.ts';
import { incompleteFrom } from './incomplete-from.ts';
import { placeAt } from './place-at.ts';
import classes from './plot.module.css';
import { PlotLegend, SHOWN_AT_FIRST } from './plot-legend.tsx';
import { canZoom, optionOf, type PlotLook, placesOf } from './plot-option.ts';
import type { PlotView } from './plot-spec.ts';
import { saveImage } from './save-image.ts';
import { tooltipOf } from './tooltip.ts';
import { useChart } from './use-chart.ts';
import { zoomBy } from './zoom-by.ts';

/** A plot with its legend and tools. */
export function PlotFigure({
  view: { drawing, name: viewName },
  names,
  onView,
  title,
  height,
  asOf,
  numbersId,
}: {
  readonly view: PlotView;
  /** Of all views. */
  readonly names: readonly string[];
  readonly onView: (name: string) => void;
  readonly title: string;
  readonly height: number;
  /** ms: when the data was fetched. */
  readonly asOf: number | null;
  readonly numbersId?: string;
}) {
  const scheme = useComputedColorScheme('light');
  const element = useRef<HTMLDivElement>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(
    () => new Set(drawing.series.slice(SHOWN_AT_FIRST).map(({ name }) => name)),
  );
  const running =
    drawing.kind === 'time' && asOf !== null ? incompleteFrom(drawing.times, asOf) : null;
  const look = useMemo<PlotLook>(
    () => ({
      scheme,
      isSmall: false,
      hidden,
      height,
      incompleteFrom: running,
      unnamed: words.unnamed,
    }),
    [scheme, hidden, height, running],
  );
  const option = useMemo(
    () => ({
      ...optionOf(drawing, look),
      tooltip: {
        trigger: 'axis',
        confine: true,
        axisPointer: {
          type: drawing.kind === 'time' || drawing.mark === 'line' ? 'line' : 'shadow',
        },
        backgroundColor: 'var(--surface)',
        borderColor: 'var(--line)',
        textStyle: { color: 'inherit' },
        formatter: (hits: unknown) => tooltipOf(drawing, placeAt(hits), hidden, scheme),
      },
    }),
    [drawing, look, hidden, scheme],
  );
  const chart = useChart(element, option);
  const fullTitle = viewName === '' ? title : `${title}: ${viewName}`;
  const notes = [
    running === null ? null : words.incomplete,
    drawing.hiddenSeries > 0
      ? words.hiddenSeries(drawing.series.length, drawing.series.length + drawing.hiddenSeries)
      : null,
    drawing.kind === 'categories' && drawing.hiddenCategories > 0
      ? words.hiddenCategories(placesOf(drawing), placesOf(drawing) + drawing.hiddenCategories)
      : null,
  ].filter((note) => note !== null);
  // A drawing that was replaced keeps no choice of series that it does not have.
  useEffect(
    () => setHidden(new Set(drawing.series.slice(SHOWN_AT_FIRST).map(({ name }) => name))),
    [drawing],
  );
  const tools = [
    ...(canZoom(drawing)
      ? [
          { label: words.zoomIn, icon: IconZoomIn, act: () => zoomBy(chart.current, 0.5) },
          { label: words.zoomOut, icon: IconZoomOut, act: () => zoomBy(chart.current, 2) },
          { label: words.zoomReset, icon: IconZoomReset, act: () => zoomBy(chart.current, null) },
        ]
      : []),
    { label: words.download, icon: IconDownload, act: () => saveImage(drawing, fullTitle, look) },
  ];
  return (
    <figure className={classes.figure} aria-label={fullTitle}>
      <div className={classes.bar}>
        {names.length > 1 ? (
          <SegmentedControl
            size="xs"
            aria-label={words.view}
            data={[...names]}
            value={viewName}
            onChange={onView}
          />
        ) : (
          <span />
        )}
        <Group gap={2}>
          {tools.map(({ label, icon: Icon, act }) => (
            <Tooltip key={label} label={label}>
              <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={act}>
                <Icon size={17} stroke={1.7} aria-hidden />
              </ActionIcon>
            </Tooltip>
          ))}
        </Group>
      </div>
      <div
        ref={element}
        role="img"
        aria-label={describePlot(drawing, fullTitle)}
        className={classes.canvas}
        style={{ height }}
      />
      {numbersId !== undefined && (
        <a className={classes.skip} href={`#${numbersId}`}>
          {words.numbers}
        </a>
      )}
      {drawing.series.length > 1 && (
        <PlotLegend series={drawing.series} hidden={hidden} scheme={scheme} onChange={setHidden} />
      )}
      {notes.length > 0 && <div className={classes.note}>{notes.join(' ')}</div>}
    </figure>
  );
}
