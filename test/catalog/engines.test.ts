import { readdir } from 'node:fs/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { lazyDuckdb, literal } from '../../src/catalog/duckdb.ts';
import { EXPORT_FORMATS, exportRows } from '../../src/catalog/export/export-rows.ts';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import type { SqlOptions } from '../../src/catalog/query/run-sql.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, queryRows, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

const LONG = 'SELECT range, hash(range) FROM range(3000000)';
const SORTED = `${LONG} ORDER BY 2`;

async function lakeWithVisits(): Promise<string> {
  const lake = await privateLake();
  await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(5_000))]);
  return lake;
}

/** Threads of this process. Each engine has one for each processor but the first. Only Linux tells. */
async function countThreads(): Promise<number> {
  return (await readdir('/proc/self/task')).length;
}

/**
 * All threads but those of engines: the pool of Node.js starts its own when it has work first. Those of other
 * tests in this process may end later, so that there are fewer.
 */
async function threadsWithoutEngines(lake: string): Promise<number> {
  await Promise.all(Array.from({ length: 8 }, () => queryRows(lake, 'SELECT 1')));
  return countThreads();
}

const onLinux = it.runIf(process.platform === 'linux');

async function readSome(lake: string, query: string, options: SqlOptions = {}): Promise<void> {
  const reader = await openLakeReader(lake);
  const result = await reader.sql(query, options);
  for await (const rows of result.chunks()) if (rows.length > 0) break;
  await reader.close();
}

onLinux.each([LONG, SORTED])(
  'a query that is left gives its engine back at once: %s',
  async (query) => {
    const lake = await lakeWithVisits();
    const before = await threadsWithoutEngines(lake);
    await readSome(lake, query);
    expect(await countThreads()).toBeLessThanOrEqual(before);
    expect(await queryRows(lake, query, { maxRows: 5 })).toHaveLength(5);
    expect(await countThreads()).toBeLessThanOrEqual(before);
    const stop = new AbortController();
    const aborted = queryRows(lake, query, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 30);
    await expect(aborted).rejects.toThrow('enough');
    expect(await countThreads()).toBeLessThanOrEqual(before);
    await expect(queryRows(lake, query, { limits: { timeMs: 20 } })).rejects.toMatchObject({
      code: 'sql_time_limit',
    });
    expect(await countThreads()).toBeLessThanOrEqual(before);
    const reader = await openLakeReader(lake);
    const unread = await reader.sql(query);
    await unread.close();
    await unread.close();
    await reader.close();
    expect(await countThreads()).toBeLessThanOrEqual(before);
  },
);

onLinux.each(EXPORT_FORMATS)(
  'an export as %s that is left gives its engine back',
  async (format) => {
    const lake = await lakeWithVisits();
    const before = await threadsWithoutEngines(lake);
    const reader = await openLakeReader(lake);
    const source = { sql: 'SELECT range, hash(range) FROM range(1000000) ORDER BY 2' };
    await (await exportRows(reader, source, format)).stream.cancel();
    expect(await countThreads()).toBeLessThanOrEqual(before);
    for await (const _ of (await exportRows(reader, source, format)).stream) break;
    expect(await countThreads()).toBeLessThanOrEqual(before);
    const stop = new AbortController();
    const { stream } = await exportRows(reader, source, format, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(stream.getReader().read()).rejects.toThrow('enough');
    await vi.waitFor(async () => expect(await countThreads()).toBeLessThanOrEqual(before));
    await reader.close();
  },
);

onLinux('beside four that are open, queries have no threads of their own', async () => {
  const lake = await lakeWithVisits();
  await threadsWithoutEngines(lake);
  const counts: number[] = [];
  for (let open = 0; open < 8; open += 1) {
    const reader = await openLakeReader(lake);
    onTestFinished(() => reader.close());
    const chunks = (await reader.sql(LONG)).chunks()[Symbol.asyncIterator]();
    expect((await chunks.next()).value).not.toHaveLength(0);
    counts.push(await countThreads());
  }
  expect(counts[7]).toBeLessThanOrEqual(counts[3] ?? 0);
});

it('no engine keeps copies of the files that it has read', async () => {
  const lake = await lakeWithVisits();
  const duckdb = lazyDuckdb({});
  const connection = await duckdb.connection();
  const files = `${lake}/raw/chart_visits/*.parquet`;
  const read = await connection.runAndReadAll(`SELECT count(value) FROM ${literal(files)}`);
  expect(Number(read.getRowsJson()[0]?.[0])).toBe(5_000);
  const kept = await connection.runAndReadAll('FROM duckdb_external_file_cache()');
  expect(kept.getRowsJson()).toEqual([]);
  await duckdb.close();
});
