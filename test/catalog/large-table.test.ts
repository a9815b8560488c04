import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { RecordBatch } from '../../src/stream/record-batch.ts';
import type { Stream } from '../../src/stream/stream.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, queryRows, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

/**
 * `count` rows in batches of 10,000: labels out of `labels`, days out of 365, the row's number as
 * the value; each batch has dictionaries of its own.
 */
function* manyRows(count: number, labels: number): Generator<RecordBatch> {
  const texts = Array.from({ length: labels }, (_, label) => `Label ${label}`);
  const days = Array.from({ length: 365 }, (_, day) => `Day ${day}`);
  for (let from = 0; from < count; from += 10_000) {
    const rows = Math.min(10_000, count - from);
    const at = (modulus: number) =>
      Int32Array.from({ length: rows }, (_, row) => ((from + row) * 7919) % modulus);
    yield {
      rows,
      columns: [
        { kind: 'constant', value: 'abc123' },
        { kind: 'dictionary', values: [...texts], indices: at(labels) },
        { kind: 'dictionary', values: days, indices: at(365) },
        {
          kind: 'double',
          values: Float64Array.from({ length: rows }, (_, row) => from + row),
          valid: undefined,
        },
      ],
    };
  }
}

const rowsOutOfPlace = `
  SELECT count(*) FROM (
    SELECT *, row_number() OVER () - 1 AS position FROM raw.chart_visits
  ) WHERE value <> position
    OR country <> 'Label ' || ((position * 7919) % LABELS)
    OR day <> 'Day ' || ((position * 7919) % 365)`;

it.each([
  ['few labels, through a table of texts', 400_000, 500],
  ['many labels, through a table of texts', 400_000, 60_000],
  ['more labels than such a table may have', 400_000, 80_000],
])('keeps its rows in order with %s', async (_, count, labels) => {
  const lake = await privateLake();
  await replaceTable(lake, visitsTable, [...manyRows(count, labels)]);
  const query = rowsOutOfPlace.replaceAll('LABELS', String(labels));
  expect(await queryRows(lake, query)).toEqual([[0]]);
  expect(await queryRows(lake, 'SELECT count(*) FROM raw.chart_visits')).toEqual([[count]]);
});

it('keeps rows without a label in their place', async () => {
  const lake = await privateLake();
  const rows = visitRows(70_000).map(([id, country, day, value], at) => [
    id ?? null,
    at % 1_000 === 1 ? null : (country ?? null),
    day ?? null,
    value ?? null,
  ]);
  await replaceTable(lake, visitsTable, [batchOf(visits, rows)]);
  const moved = `SELECT count(*) FROM (
      SELECT *, row_number() OVER () - 1 AS position FROM raw.chart_visits
    ) WHERE value <> position OR (country IS NULL) <> (position % 1000 = 1)`;
  expect(await queryRows(lake, moved)).toEqual([[0]]);
});

it('has a data file for each quarter of a million rows, and is unchanged when read again', async () => {
  const lake = await privateLake();
  const outcome = await replaceTable(lake, visitsTable, [...manyRows(600_000, 1000)]);
  expect(outcome).toMatchObject({ rows: 600_000 });
  const table = join(lake, 'raw', 'chart_visits');
  const files = (await readdir(table)).filter((name) => name.endsWith('.parquet'));
  expect(files.sort().map((name) => name.slice(0, 10))).toEqual([
    'part-00000',
    'part-00001',
    'part-00002',
  ]);
  expect(await queryRows(lake, rowsOutOfPlace.replaceAll('LABELS', '1000'))).toEqual([[0]]);
  const again = await replaceTable(lake, visitsTable, [...manyRows(600_000, 1000)]);
  expect(again).toMatchObject({ status: 'unchanged', version: 0 });
});

it('differs by a single row among a million', async () => {
  const lake = await privateLake();
  const stream: Stream = { ...visits, keys: ['value'] };
  const target = { ...visitsTable, stream };
  await replaceTable(lake, target, [...manyRows(1_000_001, 1000)]);
  const fewer = [...manyRows(1_000_000, 1000)];
  expect(await replaceTable(lake, target, fewer)).toMatchObject({
    change: { added: 0, removed: 1, changed: 0 },
  });
});
