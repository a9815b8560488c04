import { describe, expect, it } from 'vitest';
import type { Stream } from '../stream/stream.ts';
import { planStreams, selectStreams } from './plan.ts';

function streamOf(name: string): Stream {
  return { name, description: '', columns: [], keys: [], syncModes: ['FULL_TABLE'] };
}

const destination = { layer: 'raw', folder: null, prefix: '' };

describe('tables of streams', () => {
  it('are named after their streams, with the prefix', () => {
    const plan = planStreams([streamOf('chart_e-Ab1')], { ...destination, prefix: 'Web ' });
    expect(plan[0]?.table).toEqual({ layer: 'raw', table: 'web_chart_e_ab1' });
  });

  it('may not be the same for two streams', () => {
    expect(() => planStreams([streamOf('chart_a-b'), streamOf('chart_A_b')], destination)).toThrow(
      'The streams chart_a-b and chart_A_b would both become table raw.chart_a_b.',
    );
  });
});

describe('selected streams', () => {
  const streams = ['a', 'b', 'c'].map(streamOf);

  it('are all where none is named', () => {
    expect(selectStreams(streams, [])).toBe(streams);
  });

  it('keep their order', () => {
    expect(selectStreams(streams, ['c', 'a']).map((stream) => stream.name)).toEqual(['a', 'c']);
  });

  it('must exist', () => {
    expect(() => selectStreams(streams, ['a', 'd'])).toThrow('There is no stream "d"');
  });
});
