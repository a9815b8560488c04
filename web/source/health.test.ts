import { describe, expect, it } from 'vitest';
import type { StreamResult } from '../run/run-types.ts';
import { healthOf } from './health.ts';
import type { Stream } from './source-data.ts';

const stream = (name: string, selected = true): Stream => ({
  name,
  selected,
  title: null,
  layer: 'raw',
  folder: null,
  table: name,
  sync_mode: 'FULL_TABLE',
  note: '',
});

const result = (name: string, code: string | null): StreamResult => ({
  stream: name,
  table: `raw.${name}`,
  title: null,
  status: code === null ? 'success' : 'failed',
  rows: null,
  version: null,
  bytes: null,
  change: null,
  duration_ms: 1,
  attempts: 1,
  warnings: [],
  error: code === null ? null : { code, message: `${name}: ${code}`, help: `Mend ${code}.` },
  ended_at: '2026-01-01T00:00:00.000Z',
});

const results = (...list: StreamResult[]) => new Map(list.map((one) => [one.stream, one]));

describe('healthOf', () => {
  it('counts streams that runs read, and those that none has read yet', () => {
    const streams = [stream('a'), stream('b'), stream('off', false)];
    const health = healthOf(streams, results(result('a', null), result('off', 'chart_not_found')));
    expect(health).toEqual({ total: 2, failed: [], failedCount: 0, empty: 0, unread: 1 });
  });

  it('says what is wrong with each stream that failed', () => {
    const health = healthOf(
      [stream('a'), stream('b')],
      results(result('a', 'x'), result('b', 'y')),
    );
    expect(health.failed.map(({ streams }) => streams)).toEqual([['a'], ['b']]);
  });

  it('says what many have in common once', () => {
    const names = ['a', 'b', 'c', 'd'];
    const health = healthOf(
      names.map((name) => stream(name)),
      results(...names.map((n) => result(n, 'x'))),
    );
    expect(health.failed).toEqual([{ streams: names, message: 'a: x', help: 'Mend x.' }]);
    expect(health.failedCount).toBe(4);
  });
});
