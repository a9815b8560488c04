import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import type { Stream } from '../../src/stream/stream.ts';
import { privateLake } from './private-lake.ts';
import {
  batchOf,
  type Cell,
  queryRows,
  replaceTable,
  visitRows,
  visits,
  visitsTable,
} from './visits.ts';

const NOTHING = { added: 0, removed: 0, changed: 0 };

function replaceVisits(lake: string, ...batches: Cell[][][]) {
  return replaceTable(
    lake,
    visitsTable,
    batches.map((rows) => batchOf(visits, rows)),
  );
}

describe('the same content again', () => {
  it('gives no new version, however it is cut into batches', async () => {
    const lake = await privateLake();
    const rows = visitRows(100);
    await replaceVisits(lake, rows);
    const again = await replaceVisits(lake, rows.slice(0, 7), [], rows.slice(7));
    expect(again).toMatchObject({ status: 'unchanged', version: 0, rows: 100, change: NOTHING });
    expect(await readdir(join(lake, 'raw', 'chart_visits'))).toHaveLength(2);
  });

  it('gives no new version in another order', async () => {
    const lake = await privateLake();
    await replaceVisits(lake, visitRows(100));
    const again = await replaceVisits(lake, visitRows(100).toReversed());
    expect(again).toMatchObject({ status: 'unchanged', version: 0 });
  });

  it('is recognized when the last commit left no digest', async () => {
    const lake = await privateLake();
    await replaceVisits(lake, visitRows(100));
    const entry = join(lake, 'raw', 'chart_visits', '_delta_log', '00000000000000000000.json');
    const text = await readFile(entry, 'utf8');
    await writeFile(entry, text.replace(/"contentDigest":"[^"]*"/, '"x":1'));
    expect(await replaceVisits(lake, visitRows(100))).toMatchObject({ status: 'unchanged' });
  });

  it('counts rows that appear twice', async () => {
    const lake = await privateLake();
    const [row = []] = visitRows(1);
    await replaceVisits(lake, [row, row]);
    expect(await replaceVisits(lake, [row])).toMatchObject({
      status: 'committed',
      change: { added: 0, removed: 1, changed: 0 },
    });
    expect(await replaceVisits(lake, [row])).toMatchObject({ status: 'unchanged' });
  });
});

describe('a version whose data is damaged', () => {
  it.each<[string, (file: string) => Promise<void>]>([
    ['gone', (file) => rm(file)],
    ['cut short', (file) => truncate(file, 300)],
    ['empty', (file) => truncate(file, 0)],
    ['overwritten', async (file) => writeFile(file, Buffer.alloc((await stat(file)).size, 7))],
  ])('is replaced when its file is %s', async (_, damage) => {
    const lake = await privateLake();
    await replaceVisits(lake, visitRows(60));
    const directory = join(lake, 'raw', 'chart_visits');
    const [file = ''] = (await readdir(directory)).filter((name) => name.endsWith('.parquet'));
    await damage(join(directory, file));
    expect(await replaceVisits(lake, visitRows(50, 30, 1))).toMatchObject({
      status: 'committed',
      version: 1,
      change: { added: 50, removed: 60, changed: 0 },
    });
    expect(await queryRows(lake, 'SELECT count(*) FROM raw.chart_visits')).toEqual([[50]]);
  });

  it('is replaced when its file is gone and the same rows come again', async () => {
    const lake = await privateLake();
    await replaceVisits(lake, visitRows(60));
    const directory = join(lake, 'raw', 'chart_visits');
    const [file = ''] = (await readdir(directory)).filter((name) => name.endsWith('.parquet'));
    await rm(join(directory, file));
    expect(await replaceVisits(lake, visitRows(60))).toMatchObject({ version: 1 });
    expect(await queryRows(lake, 'SELECT count(*) FROM raw.chart_visits')).toEqual([[60]]);
  });
});

describe('other content', () => {
  it('is told apart by the keys: added, removed and changed rows', async () => {
    const lake = await privateLake();
    const [a = [], b = [], c = []] = visitRows(3);
    await replaceVisits(lake, [a, b, c]);
    const outcome = await replaceVisits(lake, [
      ['abc123', null, '2024-01-01', null],
      [...b.slice(0, 3), -1],
      c,
      ['abc123', 'New', '2024-01-01', 5],
    ]);
    expect(outcome).toMatchObject({
      status: 'committed',
      version: 1,
      rows: 4,
      change: { added: 2, removed: 1, changed: 1 },
    });
  });

  it('replaces the content and keeps the version before', async () => {
    const lake = await privateLake();
    await replaceVisits(lake, visitRows(50));
    await replaceVisits(lake, visitRows(20, 30, 1000));
    const query = 'SELECT count(*), min(value) FROM raw.chart_visits';
    expect(await queryRows(lake, query)).toEqual([[20, 1000]]);
    const versions = new Map([['raw.chart_visits', 0]]);
    expect(await queryRows(lake, query, { versions })).toEqual([[50, 0]]);
  });

  it('may be no rows at all', async () => {
    const lake = await privateLake();
    expect(await replaceVisits(lake)).toMatchObject({ status: 'committed', rows: 0, version: 0 });
    expect(await queryRows(lake, 'FROM raw.chart_visits')).toEqual([]);
    expect(await replaceVisits(lake, [])).toMatchObject({ status: 'unchanged', version: 0 });
    expect(await replaceVisits(lake, visitRows(5))).toMatchObject({ change: { added: 5 } });
    expect(await replaceVisits(lake)).toMatchObject({ version: 2, change: { removed: 5 } });
    expect(await queryRows(lake, 'SELECT count(value) FROM raw.chart_visits')).toEqual([[0]]);
  });

  it('may have other columns', async () => {
    const lake = await privateLake();
    await replaceVisits(lake, visitRows(5));
    const narrow: Stream = { ...visits, columns: visits.columns.slice(0, 3) };
    const rows = visitRows(6).map((row) => row.slice(0, 3));
    const target = { ...visitsTable, stream: narrow };
    expect(await replaceTable(lake, target, [batchOf(narrow, rows)])).toMatchObject({
      status: 'committed',
      change: { added: 6, removed: 5, changed: 0 },
    });
    const columns = await queryRows(lake, 'DESCRIBE raw.chart_visits');
    expect(columns.map(([name]) => name)).toEqual(['chart_id', 'country', 'day']);
    const versions = new Map([['raw.chart_visits', 0]]);
    expect(await queryRows(lake, 'DESCRIBE raw.chart_visits', { versions })).toHaveLength(4);
  });

  it('keeps every text and number as it is', async () => {
    const lake = await privateLake();
    const texts = [
      '',
      ' ',
      "it's",
      '"',
      'a\nb',
      '\t',
      '😀',
      'שלום',
      '\u0000x',
      'é',
      'NULL',
      '\\',
      '%',
    ];
    const numbers = [0, 1e-300, -1.5, 2 ** 53, 0.1, 1e21, null];
    const rows = texts.flatMap((text, t) =>
      numbers.map((number, n): Cell[] => ['abc123', text, `${t}/${n}`, number]),
    );
    await replaceVisits(lake, rows);
    expect(await queryRows(lake, 'FROM raw.chart_visits')).toEqual(rows);
  });

  it('is refused without what every record must have', async () => {
    const lake = await privateLake();
    await expect(replaceVisits(lake, [[null, 'x', 'y', 1]])).rejects.toMatchObject({
      code: 'internal',
      message: '1 records have no chart_id, which every record must have.',
    });
  });
});

describe('what the table says of itself', () => {
  it('changes in a version of its own, without new data', async () => {
    const lake = await privateLake();
    const rows = [batchOf(visits, visitRows(10))];
    await replaceTable(lake, visitsTable, rows);
    const labels = { source: 'test', folder: 'Growth', title: 'Visits, daily \ud800' };
    const outcome = await replaceTable(lake, { ...visitsTable, labels }, rows);
    expect(outcome).toMatchObject({ status: 'relabelled', version: 1, rows: 10, change: NOTHING });
    const reader = await openLakeReader(lake);
    expect(await reader.tables()).toMatchObject([
      { version: 1, folder: 'Growth', title: 'Visits, daily \ufffd', files: 1, rows: 10 },
    ]);
    await reader.close();
    expect(await replaceTable(lake, { ...visitsTable, labels }, rows)).toMatchObject({
      status: 'unchanged',
      version: 1,
    });
  });

  it('is never taken over from another stream', async () => {
    const lake = await privateLake();
    await replaceVisits(lake, visitRows(10));
    const other = { ...visitsTable, stream: { ...visits, name: 'chart_sales' } };
    await expect(replaceTable(lake, other, [])).rejects.toMatchObject({
      code: 'table_name_taken',
      message: 'raw.chart_visits holds stream chart_visits, not chart_sales.',
    });
    expect(await queryRows(lake, 'SELECT count(*) FROM raw.chart_visits')).toEqual([[10]]);
  });

  it('is refused for a layer that is not there and for a bad name', async () => {
    const lake = await privateLake();
    const at = (layer: string, table: string) => ({ ...visitsTable, id: { layer, table } });
    await expect(replaceTable(lake, at('gold', 'x'), [])).rejects.toMatchObject({
      code: 'layer_unknown',
      hint: expect.stringContaining('raw, trusted, service'),
    });
    await expect(replaceTable(lake, at('raw', '../x'), [])).rejects.toMatchObject({
      code: 'table_name_invalid',
    });
  });
});

describe('the history of a table', () => {
  it('tells every version, newest first', async () => {
    const lake = await privateLake();
    let now = Date.UTC(2026, 0, 1);
    const clock = { now: () => now, sleep: async () => undefined };
    await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(10))], { clock, runId: 'a' });
    now += 1000;
    await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(12))], { clock, runId: 'b' });
    // A clock that was set back must not break the order of versions in time.
    now -= 5000;
    const labels = { source: null, folder: null, title: null };
    const target = { ...visitsTable, labels };
    await replaceTable(lake, target, [batchOf(visits, visitRows(12))], { clock, runId: 'c' });
    const reader = await openLakeReader(lake);
    expect(await reader.history(visitsTable.id)).toMatchObject([
      { version: 2, operation: 'SET TBLPROPERTIES', runId: 'c', rows: 12, change: null },
      {
        version: 1,
        operation: 'WRITE',
        runId: 'b',
        committedAt: Date.UTC(2026, 0, 1, 0, 0, 1),
        rows: 12,
        files: 1,
        change: { added: 2, removed: 0, changed: 0 },
        readable: true,
      },
      { version: 0, runId: 'a', rows: 10, change: { added: 10, removed: 0, changed: 0 } },
    ]);
    await expect(reader.history({ layer: 'raw', table: 'nope' })).rejects.toMatchObject({
      code: 'table_not_found',
      hint: 'Tables there are: raw.chart_visits.',
    });
    await reader.close();
  });
});
