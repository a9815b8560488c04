import { describe, expect, it } from 'vitest';
import type { ApiCheck, ApiValidation } from './api-types.ts';
import { chooseStreams } from './choose-streams.ts';

const check = (stream: string | null, code: string | null = null): ApiCheck => ({
  seq: 1,
  stream,
  ok: code === null,
  title: null,
  description: null,
  dimension: null,
  records: null,
  shape: null,
  first_rows: [],
  metadata: null,
  warnings: [],
  error: code === null ? null : { code, message: 'It does not work.', help: 'Do something.' },
});

const found = (stream: string, configured = false): ApiValidation['streams'][number] => ({
  stream,
  configured,
  description: '',
  columns: [],
  sync_modes: ['FULL_TABLE'],
  suggested_table: stream,
});

const streams = [found('chart_a'), found('chart_b'), found('charts_metadata')];
const all = { only: null, skipFailed: false };

describe('the streams of a new source', () => {
  it('are all there are', () => {
    const checks = [check(null), check('chart_a'), check('chart_b')];
    expect(chooseStreams({ checks, streams }, all)).toEqual([
      'chart_a',
      'chart_b',
      'charts_metadata',
    ]);
  });

  it('are those that are named, in their own order', () => {
    const only = ['charts_metadata', 'chart_a'];
    expect(chooseStreams({ checks: [], streams }, { only, skipFailed: false })).toEqual([
      'chart_a',
      'charts_metadata',
    ]);
  });

  it('are none that the source has already', () => {
    const known = [found('chart_a', true), found('chart_b')];
    expect(chooseStreams({ checks: [], streams: known }, all)).toEqual(['chart_b']);
  });

  it('are refused where one cannot be read, or left out on demand', () => {
    const checks = [check('chart_a', 'chart_not_found'), check('chart_b')];
    expect(() => chooseStreams({ checks, streams }, all)).toThrow(
      expect.objectContaining({ code: 'chart_not_found', exitCode: 1 }),
    );
    expect(chooseStreams({ checks, streams }, { only: null, skipFailed: true })).toEqual([
      'chart_b',
      'charts_metadata',
    ]);
    const only = ['chart_a'];
    expect(() => chooseStreams({ checks, streams }, { only, skipFailed: true })).toThrow();
  });

  it('may be out of reach for the moment, or not wanted', () => {
    const checks = [check('chart_a', 'rate_limited'), check('chart_b', 'chart_not_found')];
    const only = ['chart_a'];
    expect(chooseStreams({ checks, streams }, { only, skipFailed: false })).toEqual(only);
  });

  it('need keys that are accepted', () => {
    const checks = [check(null, 'secret_key_wrong')];
    expect(() => chooseStreams({ checks, streams }, { only: null, skipFailed: true })).toThrow(
      expect.objectContaining({ code: 'secret_key_wrong', exitCode: 3 }),
    );
  });

  it('must be there', () => {
    const only = ['chart_c'];
    expect(() => chooseStreams({ checks: [], streams }, { only, skipFailed: false })).toThrow(
      'There is no stream chart_c.',
    );
  });
});
