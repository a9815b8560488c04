import { expect, it } from 'vitest';
import type { TableTarget } from '../../src/catalog/commit/commit-table.ts';
import { openLakeWriter } from '../../src/catalog/lake-writer.ts';
import type { Stream } from '../../src/stream/stream.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, type Cell, queryRows } from './visits.ts';

const metadata: Stream = {
  name: 'charts_metadata',
  description: 'What is known of each chart.',
  columns: [
    { name: 'chart_id', type: 'string', nullable: false, description: '' },
    { name: 'title', type: 'string', nullable: true, description: '' },
  ],
  keys: ['chart_id'],
  syncModes: ['FULL_TABLE'],
};
const target: TableTarget = {
  id: { layer: 'raw', table: 'charts_metadata' },
  stream: metadata,
  labels: { source: null, folder: null, title: null },
};

let runs = 0;

async function sync(lake: string, rows: Cell[][], keep: string[]) {
  runs += 1;
  const writer = await openLakeWriter(lake, { runId: `keep-${runs}`, create: true });
  const table = await writer.openTable(target);
  for (const row of rows) await table.write(batchOf(metadata, [row]));
  table.keepRows(new Set(keep));
  const outcome = await table.commit();
  await writer.close();
  return outcome;
}

const all = 'FROM raw.charts_metadata';

it('keeps what the table knows of a chart that could not be read', async () => {
  const lake = await privateLake();
  await sync(
    lake,
    [
      ['a', 'A'],
      ['b', 'B'],
      ['c', null],
    ],
    [],
  );
  const outcome = await sync(
    lake,
    [
      ['a', 'A2'],
      ['new', null],
      ['b', null],
      ['c', null],
    ],
    ['b', 'new'],
  );
  expect(outcome).toMatchObject({
    status: 'committed',
    rows: 4,
    change: { added: 1, removed: 0, changed: 1 },
  });
  expect(await queryRows(lake, all)).toEqual([
    ['a', 'A2'],
    ['new', null],
    ['b', 'B'],
    ['c', null],
  ]);
});

it('has nothing to keep in a first sync', async () => {
  const lake = await privateLake();
  await sync(lake, [['a', null]], ['a']);
  expect(await queryRows(lake, all)).toEqual([['a', null]]);
});

it('is unchanged when all that could not be read stays', async () => {
  const lake = await privateLake();
  await sync(
    lake,
    [
      ['a', 'A'],
      ['b', 'B'],
    ],
    [],
  );
  const outcome = await sync(
    lake,
    [
      ['a', null],
      ['b', null],
    ],
    ['a', 'b'],
  );
  expect(outcome).toMatchObject({ status: 'unchanged', version: 0 });
});

it('drops a chart that is configured no more', async () => {
  const lake = await privateLake();
  await sync(
    lake,
    [
      ['a', 'A'],
      ['b', 'B'],
    ],
    [],
  );
  await sync(lake, [['a', null]], ['a', 'b']);
  expect(await queryRows(lake, all)).toEqual([['a', 'A']]);
});
