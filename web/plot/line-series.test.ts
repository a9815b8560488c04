import { describe, expect, it } from 'vitest';
import { lineSeries } from './line-series.ts';
import type { PlotLook } from './plot-look.ts';
import type { TimeDrawing } from './plot-spec.ts';

const DAY = 86_400_000;
const look: PlotLook = {
  scheme: 'light',
  isSmall: false,
  hidden: new Set(),
  height: 320,
  labelEvery: 1,
  dotEvery: 0,
  hasSlider: false,
  isLastIncomplete: false,
  unnamed: '(blank)',
};

function drawn(own: Partial<PlotLook>, ...values: (number | null)[][]) {
  const drawing: TimeDrawing = {
    kind: 'time',
    mark: 'line',
    times: (values[0] ?? []).map((_, at) => at * DAY),
    hasHours: false,
    step: 'day',
    series: values.map((line, at) => ({ name: `line ${at}`, size: 0, values: line })),
    hiddenSeries: 0,
  };
  const all: object[] = lineSeries(drawing, { ...look, ...own });
  const dataOf = (id: string) =>
    all.flatMap((one) => ('id' in one && one.id === id && 'data' in one ? [one.data] : []))[0];
  return { all, dataOf };
}

describe('lines', () => {
  it('end before what may still change, which is a line of its own', () => {
    const { dataOf } = drawn({ isLastIncomplete: true }, [5, 6, 2]);
    expect(dataOf('0')).toEqual([
      [0, 5],
      [DAY, 6],
      [2 * DAY, null],
    ]);
    expect(dataOf('0-running')).toEqual([
      [DAY, 6],
      [2 * DAY, 2],
    ]);
  });

  it('are whole where all numbers are final', () => {
    const { dataOf } = drawn({}, [5, 6, 2]);
    expect(dataOf('0')).toHaveLength(3);
    expect(dataOf('0-running')).toBeUndefined();
  });

  it('have a sign on a value between two gaps, also where others have none', () => {
    const { dataOf } = drawn({}, [5, null, 7, null, 2, 3]);
    expect(dataOf('0-signs')).toEqual([
      [0, 5],
      [2 * DAY, 7],
    ]);
  });

  it('have signs at every n-th place, those of neighbours at others', () => {
    const line = Array.from({ length: 16 }, () => 1);
    const { dataOf } = drawn({ dotEvery: 8 }, line, line);
    expect(dataOf('0-signs')).toEqual([
      [0, 1],
      [8 * DAY, 1],
    ]);
    expect(dataOf('1-signs')).toEqual([
      [4 * DAY, 1],
      [12 * DAY, 1],
    ]);
  });

  it('are left out where they are switched off', () => {
    const { all, dataOf } = drawn({ hidden: new Set(['line 0']) }, [1, 2], [3, 4]);
    expect(dataOf('0')).toBeUndefined();
    expect(all).toHaveLength(2);
  });
});
