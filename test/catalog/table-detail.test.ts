import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type LakeReader, openLakeReader } from '../../src/catalog/lake-reader.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, type Cell, replaceTable, visits, visitsTable } from './visits.ts';

const rows: Cell[][] = [
  ['abc123', 'Österreich', '2024-01-01', 3],
  ['abc123', null, '2024-01-02', -1.5],
  ['abc123', 'x'.repeat(40), '2024-01-03', null],
];
const { id } = visitsTable;

async function readerOf(...versions: Cell[][][]): Promise<LakeReader> {
  const lake = await privateLake();
  for (const version of versions) {
    await replaceTable(lake, visitsTable, [batchOf(visits, version)]);
  }
  const reader = await openLakeReader(lake);
  onTestFinished(() => reader.close());
  return reader;
}

describe('one table', () => {
  it('tells of itself what the list tells, its columns, and since when it is there', async () => {
    const reader = await readerOf(rows);
    const [listing] = await reader.tables();
    const detail = await reader.table(id);
    expect(detail).toMatchObject({ ...listing, description: 'Visits by country and day.' });
    expect(detail.createdAt).toBe(detail.committedAt);
    expect(detail.columns).toEqual(visits.columns);
  });

  it.each([
    { layer: 'raw', table: 'nothing' },
    { layer: 'nothing', table: 'chart_visits' },
    { layer: '../lake/raw', table: 'chart_visits' },
    { layer: 'raw', table: '../raw/chart_visits' },
    { layer: '.', table: 'raw/chart_visits' },
  ])('is only found by its own name, not as %j', async (other) => {
    const reader = await readerOf(rows);
    const gone = { code: 'table_not_found' };
    await expect(reader.table(other)).rejects.toMatchObject(gone);
    await expect(reader.preview(other)).rejects.toMatchObject(gone);
    await expect(reader.statistics(other)).rejects.toMatchObject(gone);
    await expect(reader.history(other)).rejects.toMatchObject(gone);
  });
});

describe('a preview', () => {
  it('gives the first rows in the order of the table, of any version', async () => {
    const reader = await readerOf(rows, rows.slice(1).toReversed());
    expect(await reader.preview(id, { limit: 2 })).toEqual({
      version: 1,
      columns: [
        { name: 'chart_id', type: 'VARCHAR' },
        { name: 'country', type: 'VARCHAR' },
        { name: 'day', type: 'VARCHAR' },
        { name: 'value', type: 'DOUBLE' },
      ],
      rows: [rows[2], rows[1]],
    });
    const first = await reader.preview(id, { version: 0 });
    expect(first).toMatchObject({ version: 0, rows });
    expect(await reader.preview(id, { limit: 0 })).toMatchObject({ rows: [] });
    await expect(reader.preview(id, { version: 2 })).rejects.toMatchObject({
      code: 'version_not_found',
    });
  });

  it('of an empty table has its columns', async () => {
    const reader = await readerOf([]);
    const preview = await reader.preview(id);
    expect(preview.columns).toHaveLength(4);
    expect(preview.rows).toEqual([]);
  });

  it('may be asked for many times at once', async () => {
    const reader = await readerOf(rows);
    const previews = await Promise.all(Array.from({ length: 20 }, () => reader.preview(id)));
    for (const preview of previews) expect(preview.rows).toEqual(rows);
  });

  it('of a table without its file says so', async () => {
    const reader = await readerOf(rows);
    const table = join(reader.directory, 'raw', 'chart_visits');
    for (const name of await readdir(table)) {
      if (name.endsWith('.parquet')) await rm(join(table, name));
    }
    await expect(reader.preview(id)).rejects.toMatchObject({ code: 'table_damaged' });
    await expect(reader.preview(id, { version: 0 })).rejects.toMatchObject({
      code: 'version_not_found',
    });
  });
});

describe('statistics', () => {
  it('tell of each column what it holds', async () => {
    const reader = await readerOf(rows);
    expect(await reader.statistics(id)).toEqual({
      version: 0,
      rows: 3,
      columns: [
        { name: 'chart_id', nulls: 0, distinct: 1, min: 'abc123', max: 'abc123', average: null },
        // Longer than the log tells.
        {
          name: 'country',
          nulls: 1,
          distinct: 2,
          min: 'x'.repeat(40),
          max: 'Österreich',
          average: null,
        },
        { name: 'day', nulls: 0, distinct: 3, min: '2024-01-01', max: '2024-01-03', average: null },
        { name: 'value', nulls: 1, distinct: 2, min: -1.5, max: 3, average: 0.75 },
      ],
    });
  });

  it('of an empty table are empty', async () => {
    const reader = await readerOf([]);
    const { rows: count, columns } = await reader.statistics(id);
    expect(count).toBe(0);
    expect(columns[3]).toEqual({
      name: 'value',
      nulls: 0,
      distinct: 0,
      min: null,
      max: null,
      average: null,
    });
  });

  it('stop when time is up or nobody waits any more', async () => {
    const reader = await readerOf(rows);
    await expect(reader.statistics(id, { timeMs: 0 })).rejects.toMatchObject({
      code: 'sql_time_limit',
    });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(reader.statistics(id, { signal })).rejects.toThrow('enough');
  });
});
