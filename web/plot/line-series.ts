import { markOf } from './marks.ts';
import { colourOf, INK } from './palette.ts';
import type { PlotLook } from './plot-look.ts';
import type { PlotSeries, PlotView } from './plot-spec.ts';

/** px; those that are filled have a rim of the surface's colour around them. */
const SIGN = { small: 3, one: 5, filled: 9, hollow: 7 };
/** Of a circle's turn: signs of neighbours stand at different places. */
const SPREAD = 0.618;

type Values = PlotSeries['values'];

interface Line {
  readonly index: number;
  readonly name: string;
  readonly values: Values;
}

/**
 * A drawing's lines: all of them solid, then the stretches that may still change, dashed, then signs on the
 * lines. Only the first are named by legends and found by the pointer.
 */
export function lineSeries(drawing: PlotView['drawing'], look: PlotLook) {
  const lines = drawing.series.flatMap(({ name, values }, index) =>
    look.hidden.has(name) ? [] : [{ index, name: name || look.unnamed, values }],
  );
  const at = (place: number) => (drawing.kind === 'time' ? (drawing.times[place] ?? 0) : place);
  const points = (values: Values) => values.map((value, place) => [at(place), value] as const);
  const solid = lines.map((line) => ({
    ...lineLook(line, drawing, look),
    id: String(line.index),
    data: points(look.isLastIncomplete ? line.values.with(-1, null) : line.values),
    sampling: 'lttb',
  }));
  const running = lines.map((line) => ({
    ...lineLook(line, drawing, look),
    id: `${line.index}-running`,
    data: look.isLastIncomplete ? points(line.values).slice(-2) : [],
    lineStyle: { width: 2, type: [4, 4], color: colourOf(line.index, look.scheme) },
  }));
  const signs = lines.map((line) => ({
    ...lineLook(line, drawing, look),
    id: `${line.index}-signs`,
    data: points(line.values).filter((_, place) => hasSign(line, place, look)),
    lineStyle: { opacity: 0 },
    showSymbol: true,
    showAllSymbol: true,
    silent: true,
    tooltip: { show: false },
    z: 4,
  }));
  return [...solid, ...(look.isLastIncomplete ? running : []), ...signs];
}

function lineLook({ index, name }: Line, { series }: PlotView['drawing'], look: PlotLook) {
  const color = colourOf(index, look.scheme);
  const surface = INK[look.scheme].surface;
  const { path, isHollow } = markOf(index);
  const several = isHollow ? SIGN.hollow : SIGN.filled;
  const size = look.isSmall ? SIGN.small : series.length > 1 ? several : SIGN.one;
  return {
    type: 'line',
    name,
    connectNulls: false,
    showSymbol: false,
    symbol: `path://${path}`,
    symbolSize: size,
    lineStyle: { width: look.isSmall ? 1.5 : 2, color },
    itemStyle: isHollow
      ? { color: surface, borderColor: color, borderWidth: 1.5 }
      : { color, borderColor: surface, borderWidth: series.length > 1 ? 1 : 0 },
    emphasis: { disabled: look.isSmall },
  };
}

/** Some places of each line have a sign; a value between two gaps always, as it is no line. */
function hasSign({ index, values }: Line, place: number, { isSmall, dotEvery }: PlotLook): boolean {
  if ((values[place] ?? null) === null) return false;
  if (isLone(values, place)) return true;
  if (isSmall || dotEvery === 0) return false;
  return place % dotEvery === Math.floor(((index * SPREAD) % 1) * dotEvery);
}

function isLone(values: Values, place: number): boolean {
  return (values[place - 1] ?? null) === null && (values[place + 1] ?? null) === null;
}
