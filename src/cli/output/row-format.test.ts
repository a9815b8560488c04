import { describe, expect, it } from 'vitest';
import { type JsonValue, rowFormat } from './row-format.ts';
import type { SqlFormat } from './sql-format.ts';

const columns = [
  { name: 'name', numeric: false },
  { name: 'n', numeric: true },
];

function print(
  format: SqlFormat,
  batches: readonly (readonly (readonly JsonValue[])[])[],
  of = columns,
) {
  const output = rowFormat(format, of);
  return output.start() + batches.map((rows) => output.rows(rows)).join('') + output.end();
}

describe('rows', () => {
  it('are one JSON array over many batches', () => {
    const json = print('json', [[['a', 1]], [], [['b', null]]]);
    expect(JSON.parse(json)).toEqual([
      { name: 'a', n: 1 },
      { name: 'b', n: null },
    ]);
    expect(JSON.parse(print('json', []))).toEqual([]);
  });

  it('keep both values of two columns with one name, and names that are special in JavaScript', () => {
    const twice = ['n', 'n', 'n (2)', '__proto__'].map((name) => ({ name, numeric: true }));
    const [row] = JSON.parse(print('json', [[[1, 2, 3, 4]]], twice));
    expect(Object.entries(row)).toEqual([
      ['n', 1],
      ['n (2)', 2],
      ['n (2) (2)', 3],
      ['__proto__', 4],
    ]);
  });

  it('are quoted as CSV needs it, with the header also where there are none', () => {
    expect(print('csv', [[['a,"b"\nc', 1.5]], [[null, { x: [1] }]]])).toBe(
      'name,n\r\n"a,""b""\nc",1.5\r\n,"{""x"":[1]}"\r\n',
    );
    expect(print('csv', [])).toBe('name,n\r\n');
  });

  it('are a JSON document a line', () => {
    expect(print('ndjson', [[['a', 1]], [['b', 2]]])).toBe(
      '{"name":"a","n":1}\n{"name":"b","n":2}\n',
    );
  });

  it('are cut in a table only where it would never end, and it says so', () => {
    const rows = Array.from({ length: 10_001 }, (_, row) => ['r', row]);
    const lines = print('table', [rows]).trimEnd().split('\n');
    expect(lines).toHaveLength(10_002);
    expect(lines.at(-1)).toBe('… and 1 more rows; --format csv shows all');
    expect(print('table', [[['a', null]]])).toBe('name     n\na     NULL\n');
  });
});
