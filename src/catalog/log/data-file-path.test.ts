import { expect, it } from 'vitest';
import { dataFileOf } from './data-file-path.ts';

it('decodes the paths of a log', () => {
  expect(dataFileOf('/lake/raw/t', 'part-1.parquet')).toBe('/lake/raw/t/part-1.parquet');
  expect(dataFileOf('/lake/raw/t', 'a%2Fb%20c/part%3D1.parquet')).toBe(
    '/lake/raw/t/a/b c/part=1.parquet',
  );
  expect(dataFileOf('/lake/raw/t', 'file:///else/where%20x.parquet')).toBe('/else/where x.parquet');
  expect(dataFileOf('/lake/raw/t', '/else/x.parquet')).toBe('/else/x.parquet');
});

it('refuses files of other systems', () => {
  expect(() => dataFileOf('/lake/raw/t', 's3://bucket/x.parquet')).toThrow(
    expect.objectContaining({ code: 'table_unsupported' }),
  );
});
