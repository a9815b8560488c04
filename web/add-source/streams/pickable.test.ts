import { describe, expect, it } from 'vitest';
import { allOf, findStreams, pickableOf } from './pickable.ts';

const check = (stream: string | null, ok: boolean, title: string | null = null) => ({
  seq: 1,
  stream,
  ok,
  title,
  description: null,
  dimension: null,
  records: null,
  shape: null,
  first_rows: [],
  metadata: null,
  warnings: [],
  error: ok ? null : { code: 'chart_not_found', message: 'It is gone.', help: 'Remove it.' },
});
const discovered = (stream: string, configured = false) => ({
  stream,
  description: '',
  columns: [],
  sync_modes: ['FULL_TABLE'],
  suggested_table: stream,
  configured,
});
const streams = pickableOf({
  checks: [
    check(null, true),
    check('chart_abc123', true, 'Daily buyers'),
    check('chart_def456', true, 'Conversion'),
    check('chart_gone1', false),
  ],
  streams: [
    discovered('chart_abc123'),
    discovered('chart_def456', true),
    discovered('charts_metadata'),
  ],
});

describe('the streams to choose from', () => {
  it('are those that were found, and charts that cannot be read', () => {
    expect(streams.map(({ name, canPick }) => [name, canPick])).toEqual([
      ['chart_abc123', true],
      ['chart_def456', false],
      ['charts_metadata', true],
      ['chart_gone1', false],
    ]);
  });

  it('are all selected at first, as far as they can be', () => {
    expect(allOf(streams)).toEqual(['chart_abc123', 'charts_metadata']);
  });

  it.each([
    ['ABC', ['chart_abc123']],
    [' conversion ', ['chart_def456']],
    ['', ['chart_abc123', 'chart_def456', 'charts_metadata', 'chart_gone1']],
    ['nothing', []],
  ])('are found by %j', (text, names) => {
    expect(findStreams(streams, text).map(({ name }) => name)).toEqual(names);
  });
});
