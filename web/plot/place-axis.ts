import { dateTicks, tickFormatter } from './date-ticks.ts';
import { INK } from './palette.ts';
import type { PlotLook } from './plot-look.ts';
import type { CategoryDrawing, PlotView } from './plot-spec.ts';
import { hasTwoLines, LETTER } from './tick-label.ts';

type Drawing = PlotView['drawing'];

/** px of a line of labels, and above the first. */
const LINE = 16;
const ABOVE = 8;
/** px that names get at most, beside bars and beneath them. */
const NAME = { beside: 150, beneath: 96 };

/** How many places its axis has. */
export function placesOf(drawing: Drawing): number {
  return drawing.kind === 'time' ? drawing.times.length : drawing.categories.length;
}

/** px that the labels beneath a drawing need. */
export function labelRoom(drawing: Drawing): number {
  return ABOVE + LINE * (drawing.kind === 'time' && hasTwoLines(drawing) ? 2 : 1) + 2;
}

/** The axis of dates or names. */
export function placeAxis(drawing: Drawing, look: PlotLook) {
  const ink = INK[look.scheme];
  const shown = {
    show: !look.isSmall,
    axisLine: { lineStyle: { color: ink.axis } },
    splitLine: { show: false },
  };
  const label = { color: ink.text, hideOverlap: true, margin: ABOVE, lineHeight: LINE };
  if (drawing.kind === 'time') {
    const ticks = look.isSmall ? [] : dateTicks(drawing, look.labelEvery);
    return {
      ...shown,
      type: 'time',
      axisTick: { show: true, length: 4, lineStyle: { color: ink.axis }, customValues: ticks },
      axisLabel: {
        ...label,
        customValues: ticks,
        formatter: tickFormatter(drawing, ticks, look.labelEvery),
      },
      axisPointer: { label: { show: false } },
      min: drawing.times[0],
      max: drawing.times.at(-1),
    };
  }
  return {
    ...shown,
    type: 'category',
    axisTick: { show: false },
    data: [...drawing.categories],
    boundaryGap: drawing.mark === 'bar',
    axisLabel: {
      ...label,
      formatter: (name: string) => (name === '' ? look.unnamed : name),
      width: nameRoom(drawing, look),
      overflow: 'truncate',
      // Bars are few enough for all their names; those of lines are thinned out.
      ...(drawing.mark === 'bar' ? { interval: 0 } : {}),
    },
  };
}

/** Names take no more room than they need: those that have none are left out. */
function nameRoom({ categories, isHorizontal }: CategoryDrawing, { unnamed }: PlotLook): number {
  if (isHorizontal) return NAME.beside;
  const longest = Math.max(0, ...categories.map((name) => (name || unnamed).length));
  return Math.min(NAME.beneath, Math.ceil((longest + 1) * LETTER));
}
