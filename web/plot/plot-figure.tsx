import { SegmentedControl, useComputedColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { words } from '../words/plot.ts';
import { densityOf } from './density.ts';
import { describePlot } from './describe-plot.ts';
import { isLastIncomplete } from './is-last-incomplete.ts';
import { INK } from './palette.ts';
import { placeAt } from './place-at.ts';
import { placesOf } from './place-axis.ts';
import { placeTooltip } from './place-tooltip.ts';
import classes from './plot.module.css';
import { captionOf } from './plot-caption.ts';
import { PlotHead } from './plot-head.tsx';
import { PlotLegend, SHOWN_AT_FIRST } from './plot-legend.tsx';
import type { PlotLook } from './plot-look.ts';
import { optionOf } from './plot-option.ts';
import type { PlotView } from './plot-spec.ts';
import { saveImage } from './save-image.ts';
import { tooltipOf } from './tooltip.ts';
import { useChart } from './use-chart.ts';
import { useWidth } from './use-width.ts';
import { canZoomIn, isPart, zoomBy, zoomTo } from './zoom-by.ts';
import { canZoom, firstRange, isLong } from './zoom-option.ts';

/** A plot with its legend and tools. */
export function PlotFigure({
  view: { drawing, name: viewName },
  names,
  onView,
  title,
  dimension,
  height,
  asOf,
  numbersId,
  headAt,
}: {
  readonly view: PlotView;
  /** Of all views. */
  readonly names: readonly string[];
  readonly onView: (name: string) => void;
  readonly title: string;
  /** By what its series differ. */
  readonly dimension: string | null;
  readonly height: number;
  /** ms: when the data was fetched. */
  readonly asOf: number | null;
  readonly numbersId?: string;
  /** Where its caption and tools stand if not above it; null while that is not there yet. */
  readonly headAt?: HTMLElement | null;
}) {
  const scheme = useComputedColorScheme('light');
  const element = useRef<HTMLDivElement>(null);
  const width = useWidth(element);
  const [range, setRange] = useState(() => firstRange(drawing, height));
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => hiddenAtFirst(drawing));
  const isRunning =
    drawing.kind === 'time' && asOf !== null && isLastIncomplete(drawing.times, asOf);
  const lines = drawing.series.filter(({ name }) => !hidden.has(name)).length;
  const { labelEvery, dotEvery } = densityOf(drawing, { width, range, lines });
  const hasSlider = canZoom(drawing) && (isLong(drawing) || isPart(range));
  const look = useMemo<PlotLook>(
    () => ({
      scheme,
      isSmall: false,
      hidden,
      height,
      labelEvery,
      dotEvery,
      hasSlider,
      isLastIncomplete: isRunning,
      unnamed: words.unnamed,
    }),
    [scheme, hidden, height, labelEvery, dotEvery, hasSlider, isRunning],
  );
  const option = useMemo(
    () => ({
      ...optionOf(drawing, look),
      tooltip: {
        trigger: 'axis',
        confine: true,
        axisPointer: {
          type: drawing.mark === 'line' ? 'line' : 'shadow',
          lineStyle: { type: 'solid', color: INK[scheme].axis },
        },
        backgroundColor: 'var(--surface)',
        borderColor: 'var(--line)',
        textStyle: { color: 'inherit' },
        formatter: (hits: unknown) => tooltipOf(drawing, placeAt(hits), hidden, scheme),
        position: placeTooltip(drawing),
      },
    }),
    [drawing, look, hidden, scheme],
  );
  const chart = useChart(element, option, setRange);
  // A drawing that was replaced keeps no choice of series or places that it does not have.
  useEffect(() => {
    setHidden(hiddenAtFirst(drawing));
    if (chart.current !== null && canZoom(drawing)) {
      zoomTo(chart.current, firstRange(drawing, height));
    }
  }, [drawing, height, chart]);
  const fullTitle = viewName === '' ? title : `${title}: ${viewName}`;
  const notes = notesOf(drawing, isRunning);
  function download() {
    const caption = captionOf(drawing, dimension);
    const file = saveImage(drawing, { title: fullTitle, caption }, look);
    notifications.show({ message: words.downloaded(file), color: 'teal' });
  }
  const head = (
    <PlotHead
      caption={captionOf(drawing, dimension, range)}
      zoom={
        canZoom(drawing)
          ? {
              canIn: canZoomIn(range, placesOf(drawing)),
              canOut: isPart(range),
              by: (factor) => zoomBy(chart.current, factor),
            }
          : null
      }
      onDownload={download}
    />
  );
  const isAbove = headAt === undefined;
  return (
    <figure className={classes.figure} aria-label={fullTitle}>
      {headAt && createPortal(head, headAt)}
      {(isAbove || names.length > 1) && (
        <div className={classes.bar}>
          {names.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label={words.view}
              data={[...names]}
              value={viewName}
              onChange={onView}
            />
          )}
          {isAbove && head}
        </div>
      )}
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
        <PlotLegend
          series={drawing.series}
          hidden={hidden}
          scheme={scheme}
          isLine={drawing.mark === 'line'}
          onChange={setHidden}
        />
      )}
      {notes.length > 0 && <div className={classes.note}>{notes.join(' ')}</div>}
    </figure>
  );
}

function hiddenAtFirst({ series }: PlotView['drawing']): ReadonlySet<string> {
  return new Set(series.slice(SHOWN_AT_FIRST).map(({ name }) => name));
}

/** What the lines themselves do not say. */
function notesOf(drawing: PlotView['drawing'], isRunning: boolean): string[] {
  const { series, hiddenSeries } = drawing;
  const notes: string[] = [];
  if (drawing.kind === 'time' && isRunning) notes.push(words.incomplete(drawing.step ?? 'other'));
  if (hiddenSeries > 0) {
    notes.push(words.hiddenSeries(series.length, series.length + hiddenSeries));
  }
  if (drawing.kind === 'categories' && drawing.hiddenCategories > 0) {
    const places = placesOf(drawing);
    notes.push(words.hiddenCategories(places, places + drawing.hiddenCategories));
  }
  return notes;
}
