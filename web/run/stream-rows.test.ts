import { describe, expect, it } from 'vitest';
import { NOTHING_SEEN, type RunPicture } from './run-picture.ts';
import type { StreamResult } from './run-types.ts';
import { countResults, firstTable, splitTable, streamRows } from './stream-rows.ts';

const result = (stream: string, changes: Partial<StreamResult> = {}): StreamResult => ({
  stream,
  table: `raw.${stream}`,
  title: null,
  status: 'success',
  rows: 10,
  version: 1,
  bytes: 100,
  change: null,
  duration_ms: 5,
  attempts: 1,
  warnings: [],
  error: null,
  ended_at: '2026-01-01T00:00:00.000Z',
  ...changes,
});

const picture = (streams: RunPicture['streams']): RunPicture => ({ ...NOTHING_SEEN, streams });
const base = {
  picture: NOTHING_SEEN,
  results: [],
  planned: [],
  titles: new Map(),
  hasEnded: false,
};

describe('streamRows', () => {
  it('shows what is planned before the run has begun', () => {
    const rows = streamRows({ ...base, planned: ['a', 'b'], titles: new Map([['b', 'Buyers']]) });
    expect(rows).toEqual([
      { stream: 'a', title: null, state: { phase: 'pending' } },
      { stream: 'b', title: 'Buyers', state: { phase: 'pending' } },
    ]);
  });

  it('believes results that are kept more than events', () => {
    const rows = streamRows({
      ...base,
      picture: picture(new Map([['a', { phase: 'requesting', attempt: 1 }]])),
      results: [result('a', { title: 'Found' })],
    });
    expect(rows).toMatchObject([{ title: 'Found', state: { phase: 'ended' } }]);
  });

  it('says of a run that was canceled what it did not come to', () => {
    const rows = streamRows({
      ...base,
      picture: picture(new Map([['b', { phase: 'pending' }]])),
      results: [result('a')],
      planned: ['a', 'b'],
      hasEnded: true,
    });
    expect(rows.map(({ state }) => state.phase)).toEqual(['ended', 'skipped']);
  });

  it('does not show streams that were added to the source after the run', () => {
    const rows = streamRows({
      ...base,
      results: [result('a')],
      planned: ['a', 'new'],
      hasEnded: true,
    });
    expect(rows.map(({ stream }) => stream)).toEqual(['a']);
  });
});

describe('countResults', () => {
  it('counts each outcome, and all rows', () => {
    const rows = streamRows({
      ...base,
      results: [result('a'), result('b', { status: 'failed', rows: null })],
      planned: ['a', 'b', 'c'],
    });
    expect(countResults(rows)).toEqual({
      success: 1,
      unchanged: 0,
      empty: 0,
      failed: 1,
      open: 1,
      rows: 10,
    });
  });
});

describe('firstTable', () => {
  it('is that of the first chart that was read and has rows', () => {
    const error = { code: 'chart_not_found', message: 'Gone', help: 'Look' };
    const results = [
      result('charts_metadata'),
      result('chart_failed', { status: 'failed', error }),
      result('chart_empty', { status: 'empty', rows: 0 }),
      result('chart_read', { table: 'raw.buyers' }),
    ];
    const planned = results.map(({ stream }) => stream);
    const rows = streamRows({ ...base, results, planned, hasEnded: true });
    expect(firstTable(rows)).toEqual({ layer: 'raw', name: 'buyers' });
    expect(firstTable(rows.slice(0, 3))).toBeNull();
  });
});

describe('firstTable after a run that changed some tables', () => {
  const change = { added: 0, removed: 0, changed: 0 };

  it.each([
    [
      'the one with most changed rows',
      [
        result('chart_same', { status: 'unchanged' }),
        result('chart_few', { change: { ...change, added: 1 } }),
        result('chart_many', { change: { added: 1, removed: 2, changed: 3 } }),
      ],
      'chart_many',
    ],
    [
      'one that is new',
      [result('chart_same', { status: 'unchanged' }), result('chart_new')],
      'chart_new',
    ],
    [
      'the first where none changed',
      [
        result('chart_same', { status: 'unchanged', change }),
        result('chart_too', { status: 'unchanged', change }),
      ],
      'chart_same',
    ],
  ])('is %s', (_, results, name) => {
    const planned = results.map(({ stream }) => stream);
    const rows = streamRows({ ...base, results, planned, hasEnded: true });
    expect(firstTable(rows)).toEqual({ layer: 'raw', name });
  });
});

describe('splitTable', () => {
  it('takes the layer off', () => {
    expect(splitTable('raw.chart_a')).toEqual({ layer: 'raw', name: 'chart_a' });
    expect(splitTable('')).toBeNull();
  });
});
