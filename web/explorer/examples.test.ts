import { describe, expect, it } from 'vitest';
import { examplesOf } from './examples.ts';

const CHART = { layer: 'raw', name: 'fin_chart_abc', stream: 'chart_abc' };
const METADATA = { layer: 'raw', name: 'charts_metadata', stream: 'charts_metadata' };

function queriesOf(tables: Parameters<typeof examplesOf>[0]): string {
  return examplesOf(tables)
    .map(({ query }) => query)
    .join(';');
}

describe('the examples', () => {
  it('are over tables that are there', () => {
    const queries = queriesOf([METADATA, CHART]);
    expect(queries).toContain('raw.fin_chart_abc');
    expect(queries).toContain('raw.charts_metadata');
  });

  it('without tables are about chartlift itself', () => {
    expect(queriesOf([])).not.toContain('raw.');
    expect(queriesOf([])).toContain('chartlift.runs');
  });

  it('take no other table for a chart', () => {
    expect(queriesOf([{ layer: 'raw', name: 'own', stream: null }])).not.toContain('raw.own');
  });
});
