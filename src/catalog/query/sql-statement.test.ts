import { describe, expect, it } from 'vitest';
import { inspectQuery, splitExplain } from './sql-statement.ts';

describe('EXPLAIN', () => {
  it.each([
    ['SELECT 1', '', 'SELECT 1'],
    ['explain SELECT 1', 'EXPLAIN ', 'SELECT 1'],
    [' -- why\n/* so */ Explain\tAnalyze\n COPY x', 'EXPLAIN ANALYZE ', 'COPY x'],
    ['explain/**/analyze/**/select 1', 'EXPLAIN ANALYZE ', 'select 1'],
    ['explain analyzed', 'EXPLAIN ', 'analyzed'],
    ['explained', '', 'explained'],
    ["SELECT 'explain x'", '', "SELECT 'explain x'"],
  ])('is split from %j', (text, prefix, body) => {
    const split = splitExplain(text);
    expect(split).toMatchObject({ prefix, body });
    expect(text.slice(split.offset)).toBe(body);
  });
});

const table = (schema: string, name: string) => ({
  type: 'BASE_TABLE',
  schema_name: schema,
  table_name: name,
});
const call = (name: string) => ({ class: 'FUNCTION', type: 'FUNCTION', function_name: name });

describe('what a query names', () => {
  it('are its tables at any depth, in lower case', () => {
    const tree = { a: [table('raw', 'X'), { b: { from: table('Trusted', 'y') } }], c: call('sum') };
    expect(inspectQuery(tree)).toEqual({
      tables: new Set(['raw.x', 'trusted.y']),
      listsTables: false,
    });
  });

  it.each([
    ['SHOW TABLES', { type: 'SHOW_REF', query: null }],
    ['information_schema', table('information_schema', 'tables')],
    ['a catalog view', table('', 'duckdb_views')],
    ['a catalog function', { type: 'TABLE_FUNCTION', function: call('duckdb_tables') }],
  ])('is every table for %s', (_, tree) => {
    expect(inspectQuery(tree).listsTables).toBe(true);
  });

  it.each([
    { type: 'TABLE_FUNCTION', function: call('Read_CSV') },
    { type: 'TABLE_FUNCTION', function: call('enable_logging') },
    { type: 'TABLE_FUNCTION', function: call('query') },
    { type: 'TABLE_FUNCTION', function: call('unheard_of') },
    { type: 'TABLE_FUNCTION' },
    { x: [call('write_log')] },
    { x: [call('__internal_decompress_string')] },
  ])('must not be %j', (tree) => {
    expect(() => inspectQuery(tree)).toThrow(expect.objectContaining({ code: 'sql_refused' }));
  });
});
