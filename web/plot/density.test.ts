import { describe, expect, it } from 'vitest';
import { densityOf } from './density.ts';
import type { CategoryDrawing } from './plot-spec.ts';
import { WHOLE } from './zoom-by.ts';

function dots(places: number, lines: number, width = 700, range = WHOLE): number {
  const drawing: CategoryDrawing = {
    kind: 'categories',
    mark: 'line',
    categories: Array.from({ length: places }, (_, at) => `Day ${at}`),
    hiddenCategories: 0,
    isHorizontal: false,
    series: [],
    hiddenSeries: 0,
  };
  return densityOf(drawing, { width, range, lines }).dotEvery;
}

describe('signs on lines', () => {
  it('stand on each point of a few', () => {
    expect(dots(12, 2)).toBe(1);
    expect(dots(48, 1)).toBe(1);
  });

  it('stand here and there on many lines, and not at all on a single long one', () => {
    expect(dots(30, 10)).toBe(8);
    expect(dots(300, 1)).toBe(0);
  });

  it('stand here and there where places are close to each other', () => {
    expect(dots(47, 3)).toBe(8);
    expect(dots(30, 2, 320)).toBe(8);
  });

  it('come back when somebody looks closer', () => {
    expect(dots(30, 10, 700, { start: 25, end: 60 })).toBe(1);
  });
});
