import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import { openLakeWriter } from '../../src/catalog/lake-writer.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, queryRows, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

/** Commits versions 0 to `last`; version `n` has `n + 1` rows. */
async function lakeWithVersions(last: number, clock?: { now: number }): Promise<string> {
  const lake = await privateLake();
  const writer = await openLakeWriter(lake, {
    runId: 'many',
    create: true,
    ...(clock ? { clock: { now: () => clock.now, sleep: async () => undefined } } : {}),
  });
  for (let version = 0; version <= last; version += 1) {
    const table = await writer.openTable(visitsTable);
    await table.write(batchOf(visits, visitRows(version + 1)));
    expect(await table.commit()).toMatchObject({ version, upkeepFailure: null });
    if (clock) clock.now += 24 * 60 * 60 * 1000;
  }
  await writer.close();
  return lake;
}

/** Without checksums readers go by checkpoints and entries, as those of other engines do. */
async function removeChecksums(lake: string): Promise<void> {
  for (const name of await readdir(log(lake))) {
    if (name.endsWith('.crc')) await rm(join(log(lake), name));
  }
}

const log = (lake: string) => join(lake, 'raw', 'chart_visits', '_delta_log');
const entry = (version: number) => `${String(version).padStart(20, '0')}.json`;
const count = 'SELECT count(*) FROM raw.chart_visits';

it('is written every ten versions, and named to readers', async () => {
  const lake = await lakeWithVersions(21);
  const names = await readdir(log(lake));
  expect(names.filter((name) => name.includes('checkpoint'))).toEqual([
    '00000000000000000010.checkpoint.parquet',
    '00000000000000000020.checkpoint.parquet',
    '_last_checkpoint',
  ]);
  const last = JSON.parse(await readFile(join(log(lake), '_last_checkpoint'), 'utf8'));
  expect(last).toEqual({
    version: 20,
    size: 23,
    sizeInBytes: expect.any(Number),
    numOfAddFiles: 1,
  });
});

it('stands for the entries before it', async () => {
  const lake = await lakeWithVersions(12);
  await removeChecksums(lake);
  for (let version = 0; version <= 9; version += 1) await rm(join(log(lake), entry(version)));
  expect(await queryRows(lake, count)).toEqual([[13]]);
  const at = (version: number) =>
    queryRows(lake, count, { versions: new Map([['raw.chart_visits', version]]) });
  expect(await at(10)).toEqual([[11]]);
  await expect(at(9)).rejects.toMatchObject({
    code: 'version_not_found',
    hint: 'Versions that can be read: 10 to 12.',
  });
  const reader = await openLakeReader(lake);
  expect(await reader.tables()).toMatchObject([{ version: 12, rows: 13, title: 'Visits' }]);
  const history = await reader.history(visitsTable.id);
  expect(history.map(({ version }) => version)).toEqual([12, 11, 10]);
  await reader.close();
});

it('goes on from itself when only it is left', async () => {
  const lake = await lakeWithVersions(10);
  await removeChecksums(lake);
  for (let version = 0; version <= 10; version += 1) await rm(join(log(lake), entry(version)));
  expect(await queryRows(lake, count)).toEqual([[11]]);
  const rows = batchOf(visits, visitRows(11));
  expect(await replaceTable(lake, visitsTable, [rows])).toMatchObject({
    status: 'unchanged',
    version: 10,
  });
  expect(await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(12))])).toMatchObject({
    status: 'committed',
    version: 11,
    change: { added: 1 },
  });
});

it('drops tombstones that have expired', async () => {
  const clock = { now: Date.UTC(2026, 0, 1) };
  const lake = await lakeWithVersions(50, clock);
  const last = JSON.parse(await readFile(join(log(lake), '_last_checkpoint'), 'utf8'));
  // Protocol, metadata, one file, and the files that the last 30 days removed.
  expect(last).toMatchObject({ version: 50, size: 33 });
});

it('may be broken or missing: then the error says so, or the entries suffice', async () => {
  const lake = await lakeWithVersions(10);
  await removeChecksums(lake);
  const checkpoint = join(log(lake), '00000000000000000010.checkpoint.parquet');
  await writeFile(checkpoint, 'PAR1 nonsense');
  await expect(queryRows(lake, count)).rejects.toMatchObject({
    code: 'table_damaged',
    message: expect.stringContaining('the checkpoint of version 10 is broken'),
  });
  await rm(checkpoint);
  expect(await queryRows(lake, count)).toEqual([[11]]);
  await rm(join(log(lake), entry(4)));
  await expect(queryRows(lake, count)).rejects.toMatchObject({
    code: 'table_damaged',
    message: expect.stringContaining('version 4 is missing or broken'),
  });
});

it('is not needed where a checksum tells the state, and a broken checksum does no harm', async () => {
  const lake = await lakeWithVersions(12);
  await writeFile(join(log(lake), '00000000000000000010.checkpoint.parquet'), 'nonsense');
  expect(await queryRows(lake, count)).toEqual([[13]]);
  await writeFile(join(log(lake), '00000000000000000012.crc'), '{"numFiles":1,');
  expect(await queryRows(lake, count)).toEqual([[13]]);
});

it('must cover the entries that are gone', async () => {
  const lake = await lakeWithVersions(2);
  await rm(join(log(lake), entry(0)));
  await expect(queryRows(lake, count)).rejects.toMatchObject({
    code: 'table_damaged',
    message: expect.stringContaining('its first entries are gone'),
  });
});
