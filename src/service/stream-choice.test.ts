import { describe, expect, it } from 'vitest';
import type { Stream } from '../stream/stream.ts';
import {
  type ChoiceDefaults,
  type ChoiceSurroundings,
  resolveChoices,
  type StreamChoice,
} from './stream-choice.ts';

function stream(name: string): Stream {
  return { name, description: '', columns: [], keys: [], syncModes: ['FULL_TABLE'] };
}

const STREAMS = ['chart_Ab-1', 'chart_c2', 'charts_metadata'].map(stream);
const DEFAULTS: ChoiceDefaults = { layer: 'raw', folder: null, prefix: '' };
const NOTHING: ChoiceSurroundings = { layers: ['raw', 'trusted'], ownerOf: () => null };

function resolve(choices: readonly StreamChoice[], { defaults = DEFAULTS, around = NOTHING } = {}) {
  return resolveChoices(STREAMS, choices, defaults, around, new Map());
}

describe('streams that are chosen', () => {
  it('get the suggested name, layer and folder where nothing is said', () => {
    const { records, issues } = resolve([{ stream: 'chart_Ab-1' }], {
      defaults: { layer: 'trusted', folder: ' Marketing ', prefix: 'amp_' },
    });
    expect(issues).toEqual([]);
    expect(records[0]).toMatchObject({
      name: 'chart_Ab-1',
      selected: true,
      layer: 'trusted',
      folder: 'Marketing',
      table: 'amp_chart_ab_1',
    });
  });

  it('keep the name that is given, without the prefix', () => {
    const { records } = resolve([{ stream: 'chart_c2', table: 'signups' }], {
      defaults: { ...DEFAULTS, prefix: 'amp_' },
    });
    expect(records[1]).toMatchObject({ table: 'signups' });
  });

  it('leave the others unselected, in their order', () => {
    const { records } = resolve([{ stream: 'charts_metadata' }]);
    expect(records.map(({ name, selected }) => [name, selected])).toEqual([
      ['chart_Ab-1', false],
      ['chart_c2', false],
      ['charts_metadata', true],
    ]);
  });
});

describe('what cannot be used', () => {
  const messages = (...args: Parameters<typeof resolve>) =>
    resolve(...args).issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

  it('is told field by field', () => {
    expect(
      messages([
        { stream: 'chart_zz' },
        { stream: 'chart_c2', table: '2024 signups' },
        { stream: 'chart_Ab-1', layer: 'gold' },
        { stream: 'charts_metadata', syncMode: 'INCREMENTAL' },
      ]),
    ).toEqual([
      'streams.0.stream: is no stream of these settings; choose from chart_Ab-1, chart_c2, charts_metadata',
      'streams.3.sync_mode: must be FULL_TABLE: every read of a chart gives its whole current state',
      'streams.2.layer: is no layer of the catalog; choose from raw, trusted',
      'streams.1.table: may hold a-z, 0-9 and _, 128 at most, and starts with no digit; for example _2024_signups',
    ]);
  });

  it('is a stream that is chosen twice', () => {
    expect(messages([{ stream: 'chart_c2' }, { stream: 'chart_c2', table: 'b' }])).toContain(
      'streams.1.stream: is chosen twice',
    );
  });

  it('is a table that two streams would share', () => {
    const both = [
      { stream: 'chart_Ab-1', table: 'same' },
      { stream: 'chart_c2', table: 'same' },
    ];
    expect(messages(both)).toEqual(['streams.1.table: raw.same belongs to stream chart_Ab-1']);
    expect(
      messages([both[0] ?? { stream: '' }, { ...both[1], stream: 'chart_c2', layer: 'trusted' }]),
    ).toEqual([]);
  });

  it('is a table that somebody else has', () => {
    const around = { ...NOTHING, ownerOf: () => 'stream charts_metadata of source Growth' };
    expect(messages([{ stream: 'charts_metadata' }], { around })).toEqual([
      'streams.0.table: raw.charts_metadata belongs to stream charts_metadata of source Growth; give it another name or a prefix',
    ]);
  });

  it('is a prefix with other characters', () => {
    expect(messages([{ stream: 'chart_c2' }], { defaults: { ...DEFAULTS, prefix: 'A;' } })).toEqual(
      ['prefix: may hold a-z, 0-9 and _ only'],
    );
  });
});
