import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ThreadedDisk } from '../../src/catalog/disk/threaded-disk.ts';
import { openLakeWriter } from '../../src/catalog/lake-writer.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, queryRows, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

const PART = { columns: [], rows: 0, vectors: [] };
const EMPTY = { files: [], checksum: '{}' };

function threaded(script?: URL): ThreadedDisk {
  const disk = new ThreadedDisk(script);
  onTestFinished(() => disk.close());
  return disk;
}

/** With another program in its thread, which has a `parentPort`. */
function diskThat(program: string): ThreadedDisk {
  const text = `import { parentPort } from 'node:worker_threads';${program}`;
  return threaded(new URL(`data:text/javascript,${encodeURIComponent(text)}`));
}

it('writes tables that read as they were given, at once and one after the other', async () => {
  const lake = await privateLake();
  const disk = threaded();
  const writer = await openLakeWriter(lake, { runId: 'threads', create: true, disk });
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, async (_, at) => {
      const id = { layer: 'raw', table: `visits_${at}` };
      const table = await writer.openTable({ ...visitsTable, id });
      await table.write(batchOf(visits, visitRows(60, 30, at * 1000)));
      return table.commit();
    }),
  );
  await writer.close();
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ status: 'committed', rows: 60, upkeepFailure: null });
  }
  const counted = 'SELECT count(*), min(value), max(value), min(country) FROM raw.visits_17';
  expect(await queryRows(lake, counted)).toEqual([[60, 17_000, 17_059, 'Country 0']]);

  const rows = visitRows(60, 30, 5);
  const again = await replaceTable(lake, visitsTable, [batchOf(visits, rows)], { disk });
  expect(again).toMatchObject({ status: 'committed', version: 0 });
  const same = await replaceTable(lake, visitsTable, [batchOf(visits, rows)], { disk });
  expect(same).toMatchObject({ status: 'unchanged', version: 0 });
  const other = [batchOf(visits, visitRows(59))];
  expect(await replaceTable(lake, visitsTable, other, { disk })).toMatchObject({
    status: 'committed',
    version: 1,
    change: { added: 0, removed: 1 },
  });
  expect(await readdir(join(lake, '.chartlift', 'staging'))).toEqual([]);
});

it('tells when somebody else was faster, and put the files back', async () => {
  const lake = await privateLake();
  const disk = threaded();
  await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(5))], { disk });
  const directory = join(lake, 'raw', 'chart_visits');
  const path = join(lake, 'waiting.parquet');
  await writeFile(path, 'rows');
  const before = await readdir(directory);
  const published = await disk.publish({
    directory,
    version: 0,
    files: [{ name: 'part.parquet', path }],
    entry: { path: join(lake, 'entry.json'), text: '{}' },
    checksum: '{}',
  });
  expect(published).toBeNull();
  expect(await readFile(path, 'utf8')).toBe('rows');
  expect(await readdir(directory)).toEqual(before);
});

it('gives errors as the system does, so that they are explained', async () => {
  const lake = await privateLake();
  const disk = threaded();
  const writer = await openLakeWriter(lake, { runId: 'gone', create: true, disk });
  const table = await writer.openTable(visitsTable);
  await table.write(batchOf(visits, visitRows(5)));
  await rename(join(lake, 'raw'), join(lake, 'renamed'));
  await expect(table.commit()).rejects.toMatchObject({ code: 'layer_unknown' });
  await writer.close();
  await expect(disk.writePart(PART, join(lake, 'no', 'file'))).rejects.toMatchObject({
    code: 'ENOENT',
    message: expect.stringContaining('no such file or directory'),
  });
});

it('says why a version has no checksum', async () => {
  const disk = diskThat(`
    parentPort.on('message', ({ id }) => {
      const checksumFailure = { message: 'ENOSPC: no space left', code: 'ENOSPC' };
      parentPort.postMessage({ id, result: { checksumFailure } });
    });`);
  const entry = { path: 'entry', text: '' };
  const published = await disk.publish({ ...EMPTY, directory: 'x', version: 0, entry });
  expect(published?.checksumFailure).toBeInstanceOf(Error);
  expect(published?.checksumFailure).toMatchObject({ code: 'ENOSPC' });
});

it('ends with an error for what was under way, and starts again', async () => {
  const disk = diskThat(`
    parentPort.on('message', ({ id, task }) => {
      if (task.path === 'die') process.exit(1);
      parentPort.postMessage({ id, result: 7 });
    });`);
  expect(await disk.writePart(PART, 'a')).toBe(7);
  const dying = [disk.writePart(PART, 'die'), disk.writePart(PART, 'die')];
  for (const { status } of await Promise.allSettled(dying)) expect(status).toBe('rejected');
  expect(await disk.writePart(PART, 'b')).toBe(7);
});

it('finishes what is under way before it is closed', async () => {
  const lake = await privateLake();
  const disk = new ThreadedDisk();
  const writer = await openLakeWriter(lake, { runId: 'closing', create: true, disk });
  const table = await writer.openTable(visitsTable);
  await table.write(batchOf(visits, visitRows(50)));
  const writing = disk.writePart(PART, join(lake, 'last.parquet'));
  await disk.close();
  expect(await writing).toBeGreaterThan(8);
  await table.abort();
  await writer.close();
});
