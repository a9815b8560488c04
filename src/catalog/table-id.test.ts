import { describe, expect, it } from 'vitest';
import {
  formatTableId,
  isLayerName,
  isTableName,
  parseTableId,
  suggestTableName,
} from './table-id.ts';

describe('table names', () => {
  it.each([
    ['chart_abc123', 'chart_abc123'],
    ['chart_AbC-1.2', 'chart_abc_1_2'],
    ['9lives', '_9lives'],
    ['größe', 'gr__e'],
    ['x'.repeat(200), 'x'.repeat(128)],
    ['', '_'],
  ])('suggests for stream %j the table %j', (stream, table) => {
    expect(suggestTableName(stream)).toBe(table);
    expect(isTableName(table)).toBe(true);
  });

  it('puts a prefix before the suggestion', () => {
    expect(suggestTableName('chart_A', 'Growth-')).toBe('growth_chart_a');
  });

  it.each(['', 'A', '1a', 'a-b', 'a.b', 'a b', 'ü', 'x'.repeat(129), '_delta_log', '..'])(
    'refuses %j',
    (name) => {
      expect(isTableName(name)).toBe(false);
    },
  );

  it('refuses layers that would hide the tables of DuckDB', () => {
    expect(isLayerName('raw')).toBe(true);
    expect(isLayerName('information_schema')).toBe(false);
  });
});

describe('layer.table', () => {
  it('is read and written', () => {
    expect(parseTableId('raw.chart_a')).toEqual({ layer: 'raw', table: 'chart_a' });
    expect(formatTableId({ layer: 'raw', table: 'chart_a' })).toBe('raw.chart_a');
  });

  it.each(['chart_a', 'raw.chart.a', 'raw.', '.a', '../etc.passwd', 'raw.Chart'])(
    'refuses %j',
    (text) => {
      expect(() => parseTableId(text)).toThrow(
        expect.objectContaining({ code: 'table_name_invalid' }),
      );
    },
  );
});
