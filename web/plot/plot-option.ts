import type { EChartsCoreOption } from 'echarts/core';
import { colourOf, INK, isDashed, type Scheme } from './palette.ts';
import { sayTick, sayTimeTick } from './plot-numbers.ts';
import type { CategoryDrawing, PlotView, TimeDrawing } from './plot-spec.ts';

type Drawing = PlotView['drawing'];

/** So many places and more can be zoomed. */
const ZOOM_FROM = 16;
/** Lines with fewer places show each of them as a dot. */
const DOTS_BELOW = 40;
/** A horizontal bar and its name need this much, in px. */
const BAR_ROW = 22;

export interface PlotLook {
  readonly scheme: Scheme;
  readonly isSmall: boolean;
  /** Names of series that are switched off. */
  readonly hidden: ReadonlySet<string>;
  /** px of the drawing. */
  readonly height: number;
  /** ms: from here on the numbers may still grow. */
  readonly incompleteFrom: number | null;
  /** How a series without a name is called. */
  readonly unnamed: string;
}

/** Whether a drawing has enough places to look closer at some. */
export function canZoom(drawing: Drawing): boolean {
  return placesOf(drawing) >= ZOOM_FROM;
}

/** How many places its axis has. */
export function placesOf(drawing: Drawing): number {
  return drawing.kind === 'time' ? drawing.times.length : drawing.categories.length;
}

/** A drawing in the words of ECharts. Colours stay with their series when others are switched off. */
export function optionOf(drawing: Drawing, look: PlotLook): EChartsCoreOption {
  const ink = INK[look.scheme];
  const isFlat = drawing.kind === 'categories' && drawing.isHorizontal;
  const places = placeAxis(drawing, look);
  const numbers = {
    type: 'value',
    show: !look.isSmall,
    // Lines may start anywhere; a bar that does not start at 0 lies about its length.
    scale: drawing.kind === 'time',
    axisLabel: { color: ink.text, formatter: sayTick, hideOverlap: true },
    splitLine: { lineStyle: { color: ink.line } },
  };
  const zooms = !look.isSmall && canZoom(drawing);
  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: "'Inter Variable', system-ui, sans-serif" },
    grid: look.isSmall
      ? { left: 2, right: 2, top: 3, bottom: 3, outerBoundsMode: 'none' }
      : { left: 8, right: isFlat && zooms ? 40 : 20, top: 12, bottom: zooms && !isFlat ? 48 : 8 },
    xAxis: isFlat ? numbers : places,
    yAxis: isFlat ? { ...places, inverse: true } : numbers,
    dataZoom: zooms ? zoomOf(drawing, look, isFlat) : [],
    series: drawing.series.flatMap((series, index) =>
      look.hidden.has(series.name) ? [] : [drawSeries(drawing, index, look)],
    ),
  };
}

function placeAxis(drawing: Drawing, look: PlotLook) {
  const ink = INK[look.scheme];
  const shown = {
    show: !look.isSmall,
    axisLine: { lineStyle: { color: ink.axis } },
    axisTick: { show: false },
    splitLine: { show: false },
  };
  const label = { color: ink.text, hideOverlap: true };
  if (drawing.kind === 'time') {
    return {
      ...shown,
      type: 'time',
      minInterval: drawing.hasHours ? 3_600_000 : 86_400_000,
      axisLabel: {
        ...label,
        alignMinLabel: 'left',
        alignMaxLabel: 'right',
        formatter: (ms: number) => sayTimeTick(ms, drawing.hasHours, isOneYear(drawing)),
      },
      axisPointer: { label: { show: false } },
      min: drawing.times[0],
      max: drawing.times.at(-1),
    };
  }
  return {
    ...shown,
    type: 'category',
    data: [...drawing.categories],
    boundaryGap: drawing.mark === 'bar',
    axisLabel: {
      ...label,
      formatter: (name: string) => (name === '' ? look.unnamed : name),
      width: drawing.isHorizontal ? 150 : 96,
      overflow: 'truncate',
      // Bars are few enough for all their names; those of lines are thinned out.
      ...(drawing.mark === 'bar' ? { interval: 0 } : {}),
    },
  };
}

function isOneYear({ times }: TimeDrawing): boolean {
  const yearOf = (ms: number | undefined) => new Date(ms ?? 0).getUTCFullYear();
  return yearOf(times[0]) === yearOf(times.at(-1));
}

function zoomOf(drawing: Drawing, look: PlotLook, isFlat: boolean) {
  const ink = INK[look.scheme];
  const places = placesOf(drawing);
  const end = isFlat ? Math.min(100, ((look.height - 40) / BAR_ROW / places) * 100) : 100;
  const axis = isFlat ? { yAxisIndex: 0 } : { xAxisIndex: 0 };
  // What is beyond the view must not change the scale of lines that are in it.
  const filterMode = drawing.kind === 'time' ? 'none' : 'filter';
  return [
    {
      type: 'inside',
      ...axis,
      filterMode,
      start: 0,
      end,
      zoomOnMouseWheel: 'ctrl',
      moveOnMouseMove: true,
      moveOnMouseWheel: false,
      preventDefaultMouseMove: false,
    },
    {
      type: 'slider',
      ...axis,
      filterMode,
      start: 0,
      end,
      ...(isFlat ? { width: 14, right: 6 } : { height: 18, bottom: 6 }),
      showDetail: false,
      brushSelect: false,
      borderColor: 'transparent',
      backgroundColor: ink.line,
      fillerColor: `${colourOf(0, look.scheme)}33`,
      handleStyle: { color: ink.surface, borderColor: ink.text },
      moveHandleStyle: { color: ink.axis },
      dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
      selectedDataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
    },
  ];
}

function drawSeries(drawing: Drawing, index: number, look: PlotLook) {
  const series = drawing.series[index];
  const color = colourOf(index, look.scheme);
  const name = series?.name ?? '';
  if (drawing.kind === 'categories' && drawing.mark === 'bar') return bars(drawing, index, color);
  const values = series?.values ?? [];
  const dots =
    !look.isSmall &&
    (placesOf(drawing) < DOTS_BELOW || values.filter((value) => value !== null).length < 2);
  return {
    type: 'line',
    id: String(index),
    name,
    data:
      drawing.kind === 'time' ? values.map((value, at) => [drawing.times[at], value]) : [...values],
    connectNulls: false,
    showSymbol: dots || hasLonePoint(values),
    symbol: 'circle',
    symbolSize: look.isSmall ? 3 : 5,
    sampling: 'lttb',
    lineStyle: { width: look.isSmall ? 1.5 : 2, type: isDashed(index) ? 'dashed' : 'solid', color },
    itemStyle: { color },
    emphasis: { disabled: look.isSmall },
    ...(index === firstShown(drawing, look) ? unfinished(drawing, look) : {}),
  };
}

function bars(drawing: CategoryDrawing, index: number, color: string) {
  const series = drawing.series[index];
  return {
    type: 'bar',
    id: String(index),
    name: series?.name ?? '',
    data: [...(series?.values ?? [])],
    barMaxWidth: 36,
    barGap: '8%',
    itemStyle: { color, borderRadius: drawing.isHorizontal ? [0, 2, 2, 0] : [2, 2, 0, 0] },
  };
}

/** A value between two gaps is no line: only a dot shows it. */
function hasLonePoint(values: readonly (number | null)[]): boolean {
  return values.some(
    (value, at) =>
      value !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null,
  );
}

function firstShown(drawing: Drawing, look: PlotLook): number {
  return drawing.series.findIndex(({ name }) => !look.hidden.has(name));
}

function unfinished(drawing: TimeDrawing | CategoryDrawing, look: PlotLook) {
  const last = drawing.kind === 'time' ? drawing.times.at(-1) : undefined;
  if (look.incompleteFrom === null || last === undefined || look.isSmall) return {};
  const itemStyle = { color: `${INK[look.scheme].text}1c` };
  const area = [{ xAxis: look.incompleteFrom }, { xAxis: last }];
  return { markArea: { silent: true, itemStyle, data: [area] } };
}
