import { describe, expect, it } from 'vitest';
import { captionOf, dimensionOf } from './plot-caption.ts';
import type { TimeDrawing } from './plot-spec.ts';

const columns = [{ name: 'dimension_name', type: 'VARCHAR' }];
const line = (name: string) => ({ name, size: 0, values: [] });
const time = (...names: string[]): TimeDrawing => ({
  kind: 'time',
  mark: 'line',
  times: [Date.UTC(2026, 9, 29), Date.UTC(2026, 10, 27)],
  hasHours: false,
  step: 'day',
  series: names.map(line),
  hiddenSeries: 0,
});
const plain = (text: string) => text.replace(/\s/gu, ' ');

describe('the caption of a plot', () => {
  it('says by what several series differ, and the dates', () => {
    expect(plain(captionOf(time('Brazil', 'Japan'), 'Country'))).toBe(
      'By Country · Oct 29 – Nov 27, 2026',
    );
    expect(plain(captionOf(time('Brazil', 'Japan'), null))).toBe('Oct 29 – Nov 27, 2026');
  });

  it('says the dates that are seen', () => {
    const days = Array.from({ length: 11 }, (_, day) => Date.UTC(2026, 10, 1 + day));
    const seen = { start: 18, end: 52 };
    expect(plain(captionOf({ ...time('All'), times: days }, null, seen))).toBe(
      'All · Nov 3 – 6, 2026',
    );
  });

  it('says the hours that are seen', () => {
    const hours = Array.from({ length: 72 }, (_, hour) => Date.UTC(2026, 10, 26, hour));
    const drawing: TimeDrawing = { ...time('All'), times: hours, hasHours: true, step: 'hour' };
    expect(plain(captionOf(drawing, null))).toBe('All · Nov 26 – 28, 2026');
    expect(plain(captionOf(drawing, null, { start: 0, end: 10 }))).toBe(
      'All · Nov 26, 2026, 12:00 – 7:00 AM',
    );
  });

  it('names the only series, which has no legend', () => {
    expect(plain(captionOf(time('All Users'), 'Segment'))).toBe(
      'All Users · Oct 29 – Nov 27, 2026',
    );
  });

  it('knows the dimension if all rows have the same', () => {
    expect(dimensionOf(columns, [['Segment; Steps'], ['Segment; Steps']])).toBe('Segment, Steps');
    expect(dimensionOf(columns, [['Segment'], ['Country']])).toBeNull();
    expect(dimensionOf([{ name: 'value', type: 'DOUBLE' }], [[1]])).toBeNull();
  });
});
