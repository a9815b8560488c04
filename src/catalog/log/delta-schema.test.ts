import { describe, expect, it } from 'vitest';
import type { Column } from '../../stream/schema.ts';
import { duckdbType, formatSchemaString, hasColumns, parseSchemaString } from './delta-schema.ts';

const columns: Column[] = [
  { name: 'chart_id', type: 'string', nullable: false, description: 'The id.' },
  { name: 'value', type: 'double', nullable: true, description: '' },
];

describe('a table schema', () => {
  it('is what Spark writes', () => {
    expect(JSON.parse(formatSchemaString(columns))).toEqual({
      type: 'struct',
      fields: [
        { name: 'chart_id', type: 'string', nullable: false, metadata: { comment: 'The id.' } },
        { name: 'value', type: 'double', nullable: true, metadata: {} },
      ],
    });
  });

  it('tells whether a stream still has the same columns', () => {
    const fields = parseSchemaString(formatSchemaString(columns));
    expect(hasColumns(fields, columns)).toBe(true);
    expect(hasColumns(fields, columns.slice(1))).toBe(false);
    expect(hasColumns(fields, columns.toReversed())).toBe(false);
    expect(
      hasColumns(
        fields,
        columns.map((column) => ({ ...column, nullable: true })),
      ),
    ).toBe(false);
  });
});

describe('types of other engines', () => {
  it.each([
    ['"long"', 'BIGINT'],
    ['"decimal(10, 2)"', 'DECIMAL(10, 2)'],
    ['"varchar(20)"', 'VARCHAR'],
    ['{"type":"array","elementType":"integer","containsNull":true}', 'INTEGER[]'],
    [
      '{"type":"map","keyType":"string","valueType":"date","valueContainsNull":true}',
      'MAP(VARCHAR, DATE)',
    ],
    [
      '{"type":"struct","fields":[{"name":"a \\"b\\"","type":"byte","nullable":true,"metadata":{}}]}',
      'STRUCT("a ""b""" TINYINT)',
    ],
  ])('%s is %s in DuckDB', (type, expected) => {
    const [field] = parseSchemaString(
      `{"type":"struct","fields":[{"name":"c","type":${type},"nullable":true,"metadata":{}}]}`,
    );
    expect(duckdbType(field?.type ?? '')).toBe(expected);
  });

  it('are refused when they are unknown', () => {
    expect(() => duckdbType('variant')).toThrow(
      expect.objectContaining({ code: 'table_unsupported' }),
    );
  });
});
