import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { renameSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { copyLake } from '../../src/catalog/copy/copy-lake.ts';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import { openLakeWriter } from '../../src/catalog/lake-writer.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, queryRows, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

const VALUES = 'SELECT value FROM raw.chart_visits';
const table = (name: string) => ({ ...visitsTable, id: { layer: 'raw', table: name } });
const rows = (marker: number) => [batchOf(visits, visitRows(3, 30, marker))];

async function fill(lake: string, versions: number, name = 'chart_visits') {
  for (let version = 0; version < versions; version += 1) {
    await replaceTable(lake, table(name), rows(version * 10));
  }
}

async function historyOf(lake: string) {
  const reader = await openLakeReader(lake);
  const history = await reader.history(visitsTable.id);
  await reader.close();
  return history;
}

it('copies every table with its history, and nothing of work under way', async () => {
  const lake = await privateLake();
  const copy = `${lake}-copy`;
  await fill(lake, 13);
  await fill(lake, 1, 'chart_other');
  await mkdir(join(lake, 'own_layer'));
  await mkdir(join(lake, '.chartlift', 'staging', 'run-9'), { recursive: true });
  const told: unknown[] = [];
  const copied = await copyLake(lake, copy, {
    onTable: ({ table: name }, done, tables) => told.push([name, done, tables]),
  });
  expect(copied).toHaveLength(2);
  expect(copied).toContainEqual({
    layer: 'raw',
    table: 'chart_visits',
    version: 12,
    files: 13 + 13 + 13 + 1,
    bytes: expect.any(Number),
    problem: null,
  });
  expect(told).toHaveLength(2);
  expect(told).toContainEqual([expect.any(String), 2, 2]);
  expect((await readdir(copy)).sort()).toEqual(['own_layer', 'raw', 'service', 'trusted']);
  expect(await historyOf(copy)).toEqual(await historyOf(lake));
  for (const version of [0, 7, 12]) {
    const versions = new Map([['raw.chart_visits', version]]);
    const expected = await queryRows(lake, VALUES, { versions });
    expect(await queryRows(copy, VALUES, { versions })).toEqual(expected);
  }
  // The copy is a lake of its own: it goes on from where it is.
  expect(await replaceTable(copy, visitsTable, rows(777))).toMatchObject({ version: 13 });
  expect((await historyOf(lake)).length).toBe(13);
});

it('keeps the times of files, and shares none of them with the lake', async () => {
  const lake = await privateLake();
  await fill(lake, 1);
  await copyLake(lake, `${lake}-copy`);
  const [name = ''] = (await readdir(join(lake, 'raw', 'chart_visits'))).filter((each) =>
    each.endsWith('.parquet'),
  );
  const before = await stat(join(lake, 'raw', 'chart_visits', name));
  const after = await stat(join(`${lake}-copy`, 'raw', 'chart_visits', name));
  expect(after.mtimeMs).toBeCloseTo(before.mtimeMs, 0);
  expect(after.ino).not.toBe(before.ino);
  expect(after.nlink).toBe(1);
});

it('finds each table at one moment while another process commits and a vacuum removes', async () => {
  const lake = await privateLake();
  await replaceTable(lake, visitsTable, rows(0));
  const script = join(import.meta.dirname, 'children', 'commit-in-loop.ts');
  const child = spawn(process.execPath, [script, lake, '1', '100000'], { stdio: 'ignore' });
  try {
    const seen = new Set<number>();
    // On a busy machine the other process commits seldom.
    for (let copies = 0; copies < 10 || seen.size <= 3; copies += 1) {
      const copy = `${lake}-copy-${copies}`;
      const writer = await openLakeWriter(lake, { runId: `vacuum-${copies}` });
      const vacuum = (async () => {
        for (let round = 0; round < 3; round += 1) await writer.vacuum({ retainDays: 0 });
      })();
      const [copied] = await copyLake(lake, copy);
      await vacuum;
      await writer.close();
      expect(copied?.problem).toBeNull();
      seen.add(copied?.version ?? -1);
      const history = await historyOf(copy);
      expect(history[0]).toMatchObject({ version: copied?.version, readable: true, rows: 3 });
      const values = (await queryRows(copy, `${VALUES} ORDER BY 1`)).map(([value]) => value);
      const [first] = values;
      expect(values).toEqual([0, 1, 2].map((more) => Number(first) + more));
      // Nothing but what the log names is there.
      const files = history.flatMap(({ readable }) => (readable ? [1] : [])).length;
      const data = (await readdir(join(copy, 'raw', 'chart_visits'))).filter((name) =>
        name.endsWith('.parquet'),
      );
      expect(data).toHaveLength(files);
      await rm(copy, { recursive: true });
    }
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}, 120_000);

it('follows a table that is renamed, and leaves out one that is dropped', async () => {
  const lake = await privateLake();
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await fill(lake, 1, name);
  let renamed = false;
  const copied = await copyLake(lake, `${lake}-copy`, {
    onTable: (_table, done) => {
      if (done !== 1 || renamed) return;
      renamed = true;
      void rename(join(lake, 'raw', 'f'), join(lake, 'raw', 'aa'));
      void rm(join(lake, 'raw', 'e'), { recursive: true });
      void rename(join(lake, 'raw', 'a'), join(lake, 'raw', 'z'));
    },
  });
  const names = copied.map(({ table: name }) => name).sort();
  expect(names).toEqual(['aa', 'b', 'c', 'd', 'z']);
  expect((await readdir(join(`${lake}-copy`, 'raw'))).sort()).toEqual(names);
  const reader = await openLakeReader(`${lake}-copy`);
  expect((await reader.tables()).map(({ readable }) => readable)).toEqual(Array(5).fill(true));
  await reader.close();
});

it('follows a layer that is renamed', async () => {
  const lake = await privateLake();
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await fill(lake, 1, name);
  let renamed = false;
  const copied = await copyLake(lake, `${lake}-copy`, {
    onTable: () => {
      if (!renamed) renameSync(join(lake, 'raw'), join(lake, 'rawer'));
      renamed = true;
    },
  });
  expect(copied.map(({ layer, table: name }) => `${layer}.${name}`).sort()).toEqual(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `rawer.${name}`),
  );
  expect((await readdir(`${lake}-copy`)).sort()).toEqual(['rawer', 'service', 'trusted']);
});

it('copies a damaged or foreign table file by file, and says so', async () => {
  const lake = await privateLake();
  await fill(lake, 2);
  await fill(lake, 2, 'damaged');
  await fill(lake, 1, 'foreign');
  const damagedLog = join(lake, 'raw', 'damaged', '_delta_log');
  await rm(join(damagedLog, '00000000000000000001.crc'));
  await writeFile(join(damagedLog, '00000000000000000001.json'), '{"add":');
  const foreignLog = join(lake, 'raw', 'foreign', '_delta_log');
  const protocol = { minReaderVersion: 3, minWriterVersion: 7, readerFeatures: ['v2Checkpoint'] };
  await writeFile(
    join(foreignLog, '00000000000000000001.json'),
    JSON.stringify({ protocol: { ...protocol, writerFeatures: ['v2Checkpoint'] } }),
  );
  await mkdir(join(foreignLog, '_sidecars'));
  await writeFile(join(foreignLog, '_sidecars', 'some.parquet'), 'x');
  const copied = await copyLake(lake, `${lake}-copy`);
  const problems = copied.map((each) => [each.table, each.version, each.problem?.code ?? null]);
  expect(problems.sort()).toEqual([
    ['chart_visits', 1, null],
    ['damaged', null, 'table_damaged'],
    ['foreign', null, 'table_unsupported'],
  ]);
  for (const path of ['damaged', 'foreign', 'foreign/_delta_log', 'foreign/_delta_log/_sidecars']) {
    const [from, to] = [join(lake, 'raw', path), join(`${lake}-copy`, 'raw', path)];
    expect((await readdir(to)).sort()).toEqual((await readdir(from)).sort());
  }
  const broken = join('raw', 'damaged', '_delta_log', '00000000000000000001.json');
  expect(await readFile(join(`${lake}-copy`, broken), 'utf8')).toBe('{"add":');
});

it('names no checkpoint that is not there', async () => {
  const lake = await privateLake();
  await fill(lake, 2);
  const pointer = join('raw', 'chart_visits', '_delta_log', '_last_checkpoint');
  await writeFile(join(lake, pointer), '{"version":10,"size":3}');
  await copyLake(lake, `${lake}-copy`);
  await expect(stat(join(`${lake}-copy`, pointer))).rejects.toThrow('ENOENT');
});

it('ends when it is told to', async () => {
  const lake = await privateLake();
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await fill(lake, 1, name);
  const stop = new AbortController();
  const options = {
    signal: stop.signal,
    onTable: () => stop.abort(new Error('enough')),
  };
  await expect(copyLake(lake, `${lake}-copy`, options)).rejects.toThrow('enough');
});

it('does not pass off a part as the whole when tables are renamed without end', async () => {
  const lake = await privateLake();
  await fill(lake, 1, 'a0');
  let name = 0;
  const options = {
    onTable() {
      renameSync(join(lake, 'raw', `a${name}`), join(lake, 'raw', `a${name + 1}`));
      name += 1;
    },
  };
  await expect(copyLake(lake, `${lake}-copy`, options)).rejects.toMatchObject({
    code: 'commit_conflict',
  });
  await expect(copyLake(`${lake}-none`, `${lake}-copy`)).rejects.toMatchObject({
    code: 'lake_not_found',
  });
});
