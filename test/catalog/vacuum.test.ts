import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import { openLakeWriter } from '../../src/catalog/lake-writer.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, queryRows, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Versions 0 to `last`, a day apart; the clock then stands at the day after. */
async function dailyLake(last: number) {
  const lake = await privateLake();
  let now = Date.UTC(2026, 0, 1);
  const clock = { now: () => now, sleep: async () => undefined };
  const writer = await openLakeWriter(lake, { runId: 'daily', create: true, clock });
  for (let version = 0; version <= last; version += 1) {
    const table = await writer.openTable(visitsTable);
    await table.write(batchOf(visits, visitRows(version + 1)));
    await table.commit();
    now += DAY;
  }
  return { lake, writer };
}

const parquet = async (lake: string) =>
  (await readdir(join(lake, 'raw', 'chart_visits'))).filter((name) => name.endsWith('.parquet'));
const log = (lake: string) => readdir(join(lake, 'raw', 'chart_visits', '_delta_log'));

it('says in a dry run what it would remove, and removes just that', async () => {
  const { lake, writer } = await dailyLake(14);
  const plan = await writer.vacuum({ retainDays: 5, dryRun: true });
  expect(await parquet(lake)).toHaveLength(15);
  expect(plan).toMatchObject([{ layer: 'raw', table: 'chart_visits', error: null }]);
  // Version 9 was replaced when day 10 began, exactly five days ago.
  expect(plan[0]?.dataFiles).toHaveLength(10);
  expect(plan[0]?.bytes).toBeGreaterThan(0);
  // Version 10 is the oldest that is retained, and has a checkpoint: entries and checksums before it go.
  expect(plan[0]?.logFiles).toHaveLength(20);
  expect(await writer.vacuum({ retainDays: 5 })).toEqual(plan);
  await writer.close();

  expect(await parquet(lake)).toHaveLength(5);
  expect((await log(lake)).filter((name) => name.endsWith('.json'))).toHaveLength(5);
  const reader = await openLakeReader(lake);
  const history = await reader.history(visitsTable.id);
  expect(history.map(({ version, readable }) => [version, readable])).toEqual([
    [14, true],
    [13, true],
    [12, true],
    [11, true],
    [10, true],
  ]);
  await reader.close();
  for (const version of [10, 14]) {
    const versions = new Map([['raw.chart_visits', version]]);
    const rows = await queryRows(lake, 'SELECT count(*) FROM raw.chart_visits', { versions });
    expect(rows).toEqual([[version + 1]]);
  }
});

it('keeps the latest version whatever the retention, and the log without a checkpoint', async () => {
  const { lake, writer } = await dailyLake(3);
  const [vacuumed] = await writer.vacuum({ retainDays: 0 });
  expect(vacuumed?.dataFiles).toHaveLength(3);
  expect(vacuumed?.logFiles).toEqual([]);
  await writer.close();
  expect(await queryRows(lake, 'SELECT count(*) FROM raw.chart_visits')).toEqual([[4]]);
  const versions = new Map([['raw.chart_visits', 1]]);
  await expect(queryRows(lake, 'FROM raw.chart_visits', { versions })).rejects.toMatchObject({
    code: 'version_not_found',
    message: 'The data of version 1 of raw.chart_visits is gone.',
  });
});

it('leaves young files alone that no version knows, and files that are no data', async () => {
  const lake = await privateLake();
  await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(1))]);
  const table = join(lake, 'raw', 'chart_visits');
  await mkdir(join(table, 'sub'));
  await mkdir(join(table, '_hidden'));
  const names = [
    'young.parquet',
    'old.parquet',
    'sub/old.parquet',
    '_hidden/old.parquet',
    'old.txt',
  ];
  for (const name of names) {
    await writeFile(join(table, name), 'x');
    const days = name.startsWith('young') ? 0.5 : 40;
    const then = new Date(Date.now() - days * DAY);
    await utimes(join(table, name), then, then);
  }
  const writer = await openLakeWriter(lake, { runId: 'vacuum' });
  const [vacuumed] = await writer.vacuum({ retainDays: 0 });
  await writer.close();
  expect([...(vacuumed?.dataFiles ?? [])].sort()).toEqual(['old.parquet', 'sub/old.parquet']);
});

it('goes on after a table that cannot be read', async () => {
  const { lake, writer } = await dailyLake(3);
  const broken = join(lake, 'raw', 'a_broken', '_delta_log');
  await mkdir(broken, { recursive: true });
  await writeFile(join(broken, '00000000000000000000.json'), '{"nonsense"');
  const vacuumed = await writer.vacuum({ retainDays: 0 });
  expect(vacuumed).toMatchObject([
    { table: 'a_broken', dataFiles: [], error: { code: 'table_damaged' } },
    { table: 'chart_visits', error: null },
  ]);
  await expect(
    writer.vacuum({ retainDays: 0, table: { layer: 'raw', table: 'nope' } }),
  ).rejects.toMatchObject({ code: 'table_not_found' });
  await writer.close();
  const reader = await openLakeReader(lake);
  expect(await reader.tables()).toMatchObject([
    { table: 'a_broken', readable: false, error: { code: 'table_damaged' } },
    { table: 'chart_visits', readable: true },
  ]);
  await reader.close();
});
