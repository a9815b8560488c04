import { colourOf, INK } from './palette.ts';
import { placesOf } from './place-axis.ts';
import type { PlotLook } from './plot-look.ts';
import type { PlotView } from './plot-spec.ts';
import { type ShownRange, WHOLE } from './zoom-by.ts';

type Drawing = PlotView['drawing'];

/** So many places and more can be zoomed. */
const ZOOM_FROM = 16;
/** So many and more show a slider from the start. */
const SLIDER_FROM = 60;
/** A horizontal bar and its name need this much, in px. */
const BAR_ROW = 22;
/** px. */
const THICK = 8;

/** px beside the labels that a slider takes. */
export const SLIDER_ROOM = 18;

/** A dot of 10, to be dragged. */
const HANDLE = 'path://M5 0A5 5 0 1 1 5 10A5 5 0 1 1 5 0Z';

/** Whether a drawing has enough places to look closer at some. */
export function canZoom(drawing: Drawing): boolean {
  return placesOf(drawing) >= ZOOM_FROM;
}

/** Whether it has so many that people see better with a slider where they are. */
export function isLong(drawing: Drawing): boolean {
  return placesOf(drawing) >= SLIDER_FROM;
}

/** What is shown of a drawing at first: all, or as many bars as have room beneath each other. */
export function firstRange(drawing: Drawing, height: number): ShownRange {
  if (drawing.kind === 'time' || !drawing.isHorizontal || !canZoom(drawing)) return WHOLE;
  return { start: 0, end: Math.min(100, ((height - 40) / BAR_ROW / placesOf(drawing)) * 100) };
}

/**
 * The wheel and the slider. They have ids and no range, so that what is shown stays as it is when the rest
 * is drawn anew.
 */
export function zoomOption(drawing: Drawing, look: PlotLook) {
  const ink = INK[look.scheme];
  const isFlat = drawing.kind === 'categories' && drawing.isHorizontal;
  const axis = isFlat ? { yAxisIndex: 0 } : { xAxisIndex: 0 };
  const name = isFlat ? 'flat' : 'upright';
  // What is beyond the view must not change the scale of lines that are in it.
  const filterMode = drawing.kind === 'time' ? 'none' : 'filter';
  return [
    {
      type: 'inside',
      id: `${name}-inside`,
      ...axis,
      filterMode,
      zoomOnMouseWheel: 'ctrl',
      moveOnMouseMove: true,
      moveOnMouseWheel: false,
      preventDefaultMouseMove: false,
    },
    {
      type: 'slider',
      id: `${name}-slider`,
      show: look.hasSlider,
      ...axis,
      filterMode,
      ...(isFlat ? { width: THICK, right: 6 } : { height: THICK, bottom: 4 }),
      showDetail: false,
      brushSelect: false,
      borderColor: 'transparent',
      borderRadius: THICK / 2,
      backgroundColor: ink.line,
      fillerColor: `${colourOf(0, look.scheme)}40`,
      handleIcon: HANDLE,
      handleSize: 12,
      handleStyle: { color: ink.surface, borderColor: ink.text, borderWidth: 1.5 },
      moveHandleSize: 0,
      dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
      selectedDataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
    },
  ];
}
