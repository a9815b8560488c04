import { expect, test } from 'vitest';
import { usualPlace } from './usual-place.ts';

const stream = (id: string, table: string, folder: string | null = null, layer = 'raw') => ({
  name: `chart_${id}`,
  layer,
  folder,
  table,
});

test('new streams stand where most of the others do, with their prefix', () => {
  const streams = [
    stream('a', 'mkt_chart_a', 'growth', 'trusted'),
    stream('b', 'mkt_chart_b', 'growth', 'trusted'),
    stream('c', 'buyers', null),
  ];
  expect(usualPlace(streams)).toEqual({ layer: 'trusted', folder: 'growth', prefix: 'mkt_' });
});

test('names that somebody chose are no prefix', () => {
  expect(usualPlace([stream('a', 'daily_buyers')])).toEqual({
    layer: 'raw',
    folder: null,
    prefix: '',
  });
});

test('a source without streams begins as a new one does', () => {
  expect(usualPlace([])).toEqual({ layer: 'raw', folder: null, prefix: '' });
});
