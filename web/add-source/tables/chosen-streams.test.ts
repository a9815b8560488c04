import { expect, test } from 'vitest';
import type { Validation } from '../access/validation.ts';
import { chosenStreams, countCharts } from './chosen-streams.ts';

const stream = (name: string, configured = false): Validation['streams'][number] => ({
  stream: name,
  description: '',
  columns: [],
  sync_modes: ['FULL_TABLE'],
  suggested_table: name,
  configured,
});

const check = (name: string | null, ok: boolean): Validation['checks'][number] => ({
  seq: 1,
  stream: name,
  ok,
  title: ok && name !== null ? `Title of ${name}` : null,
  description: null,
  dimension: null,
  records: null,
  shape: null,
  first_rows: [],
  metadata: null,
  warnings: [],
  error: null,
});

const validation = {
  streams: [
    stream('chart_a'),
    stream('chart_b'),
    stream('chart_c', true),
    stream('charts_metadata'),
  ],
  checks: [check(null, true), check('chart_a', true), check('chart_b', false)],
};

test('all that can be read and is new becomes a table while nobody has chosen', () => {
  expect(chosenStreams(validation, null)).toEqual([
    { name: 'chart_a', title: 'Title of chart_a' },
    { name: 'charts_metadata', title: null },
  ]);
});

test('what is chosen becomes a table, in the order of the validation', () => {
  const names = chosenStreams(validation, ['charts_metadata', 'chart_b', 'chart_c', 'gone']);
  expect(names.map(({ name }) => name)).toEqual(['chart_b', 'charts_metadata']);
});

test('a source has the charts that can be read, selected or not', () => {
  expect(countCharts(validation, ['charts_metadata'])).toBe(1);
  expect(countCharts(validation, ['chart_b'])).toBe(2);
});
