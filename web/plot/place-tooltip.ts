import { type ECharts, getInstanceByDom } from 'echarts/core';
import { besidePoint } from './beside-point.ts';
import { placeAt } from './place-at.ts';
import type { PlotView } from './plot-spec.ts';

type Drawing = PlotView['drawing'];
type Pair = readonly [number, number];

interface Sizes {
  readonly contentSize: Pair;
  readonly viewSize: Pair;
}

/** Places the tooltip of a drawing for ECharts: beside its point, beneath or above bars that lie. */
export function placeTooltip(drawing: Drawing) {
  const isFlat = drawing.kind === 'categories' && drawing.isHorizontal;
  const turned = ([one, other]: Pair): Pair => (isFlat ? [other, one] : [one, other]);
  return (
    pointer: Pair,
    hits: unknown,
    box: unknown,
    _rect: unknown,
    { contentSize, viewSize }: Sizes,
  ): Pair => {
    const chart =
      box instanceof HTMLElement && box.parentElement !== null
        ? getInstanceByDom(box.parentElement)
        : undefined;
    const pixel = pixelsOf(drawing, chart, isFlat);
    const [along, across] = turned(pointer);
    const at = placeAt(hits);
    // The pointer is beside the point that is told of, which is the nearest on the axis.
    const point: Pair = [pixel(at) ?? along, across];
    return turned(besidePoint(point, turned(contentSize), turned(viewSize), half(drawing, pixel)));
  };
}

/** px of a place on the axis; null where that cannot be known. */
function pixelsOf(drawing: Drawing, chart: ECharts | undefined, isFlat: boolean) {
  const axis = isFlat ? { yAxisIndex: 0 } : { xAxisIndex: 0 };
  return (at: number): number | null => {
    const place = drawing.kind === 'time' ? drawing.times[at] : at;
    if (chart === undefined || place === undefined || at < 0) return null;
    const px = Number(chart.convertToPixel(axis, place));
    return Number.isFinite(px) ? px : null;
  };
}

/** px that a place of bars takes to each side. */
function half({ mark }: Drawing, pixel: (at: number) => number | null): number {
  const [first, second] = [pixel(0), pixel(1)];
  return mark !== 'bar' || first === null || second === null ? 0 : Math.abs(second - first) / 2;
}
