import { labelEvery } from './date-ticks.ts';
import type { PlotView } from './plot-spec.ts';
import type { ShownRange } from './zoom-by.ts';

/** So many signs do not crowd a plot; with more points only some of each line get one. */
const DOTS_AT_MOST = 150;
/** Then each line has about so many, to be told apart by. */
const DOTS_OF_LINE = 5;
/** px from one place to the next that signs on all of them need: those of one line are smaller. */
const APART = { one: 10, several: 18 };
/** px beside the places: the numbers of the axis, and half a label. */
const SIDES = 64;

/** How much is written and marked on a drawing: as much as it has room for. */
export interface Density {
  /** Steps from one label on an axis of time to the next. */
  readonly labelEvery: number;
  /** Places from one sign on a line to the next; 0 for none. */
  readonly dotEvery: number;
}

/**
 * @param room.width px of the whole drawing
 * @param room.lines how many series are switched on
 */
export function densityOf(
  drawing: PlotView['drawing'],
  { width, range, lines }: { width: number; range: ShownRange; lines: number },
): Density {
  const isTime = drawing.kind === 'time';
  const places = isTime ? drawing.times.length : drawing.categories.length;
  const shown = (places * (range.end - range.start)) / 100;
  return {
    labelEvery: isTime ? labelEvery(drawing, width - SIDES, range) : 1,
    dotEvery: dotEvery(shown, lines, (width - SIDES) / shown),
  };
}

function dotEvery(places: number, lines: number, apart: number): number {
  const isRoomy = apart >= (lines > 1 ? APART.several : APART.one);
  if (isRoomy && places * lines < DOTS_AT_MOST) return 1;
  // Steps of two, so that they stay where they are while somebody zooms a little.
  return lines < 2 ? 0 : 2 ** Math.max(0, Math.round(Math.log2(places / DOTS_OF_LINE)));
}
