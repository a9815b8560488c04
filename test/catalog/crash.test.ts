import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WRITE_STEPS, type WriteStep } from '../../src/catalog/commit/write-step.ts';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import { openLakeWriter } from '../../src/catalog/lake-writer.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, queryRows, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

/** Steps after which the new version is there. */
const committed = WRITE_STEPS.slice(WRITE_STEPS.indexOf('committed'));
const checkpointSteps: readonly WriteStep[] = [
  'checkpoint_staged',
  'checkpoint_published',
  'checkpoint_announced',
];

const BEFORE = 1000;
const AFTER = 5000;

/** Runs the child; it must have died of SIGKILL, so the step must have been reached. */
async function dieAt(lake: string, step: WriteStep): Promise<void> {
  const script = join(import.meta.dirname, 'children', 'die-at-step.ts');
  const child = spawn(process.execPath, [script, lake, step, '20', String(AFTER)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const signal = await new Promise((resolve) => child.on('exit', (_, killed) => resolve(killed)));
  expect(signal, `the write never came to step ${step}`).toBe('SIGKILL');
}

const firstValue = async (lake: string) =>
  (await queryRows(lake, 'SELECT min(value), count(*) FROM raw.chart_visits'))[0];

/** Data files in the table's directory, and those that any entry of its log names. */
async function dataFiles(lake: string): Promise<{ there: string[]; named: string[] }> {
  const table = join(lake, 'raw', 'chart_visits');
  const there = (await readdir(table)).filter((name) => name.endsWith('.parquet')).sort();
  const named = new Set<string>();
  const log = join(table, '_delta_log');
  for (const name of await readdir(log)) {
    if (!name.endsWith('.json')) continue;
    const text = await readFile(join(log, name), 'utf8');
    for (const line of text.trim().split('\n')) {
      const path = JSON.parse(line).add?.path;
      if (path) named.add(path);
    }
  }
  return { there, named: [...named].sort() };
}

let template = '';

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'chartlift-lake-'));
  for (let version = 0; version < 10; version += 1) {
    const rows = visitRows(10, 30, BEFORE - 9 + version);
    await replaceTable(template, visitsTable, [batchOf(visits, rows)]);
  }
});
afterAll(() => rm(template, { recursive: true }));

/** A lake whose next version is due for a checkpoint. */
async function lakeBeforeCheckpoint(): Promise<string> {
  const lake = await privateLake();
  await cp(template, lake, { recursive: true });
  return lake;
}

it.each(WRITE_STEPS)(
  'a process that dies after step %j leaves the table as before or after',
  async (step) => {
    const lake = await lakeBeforeCheckpoint();
    await dieAt(lake, step);
    const isAfter = committed.includes(step);
    expect(await firstValue(lake)).toEqual(isAfter ? [AFTER, 20] : [BEFORE, 10]);

    await (await openLakeWriter(lake, { runId: 'next' })).close();
    expect(await readdir(join(lake, '.chartlift', 'staging'))).toEqual([]);
    const { there, named } = await dataFiles(lake);
    expect(there).toEqual(named);

    const next = await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(20, 30, AFTER))]);
    expect(next).toMatchObject({ status: isAfter ? 'unchanged' : 'committed', version: 10 });
    expect(await firstValue(lake)).toEqual([AFTER, 20]);
  },
);

const firstSteps = WRITE_STEPS.filter((step) => !checkpointSteps.includes(step));

it.each(firstSteps)(
  'a process that dies after step %j of a first sync leaves a table or none',
  async (step) => {
    const lake = await privateLake();
    await dieAt(lake, step);
    const isAfter = committed.includes(step);
    const reader = await openLakeReader(lake);
    expect(await reader.tables()).toHaveLength(isAfter ? 1 : 0);
    await reader.close();

    await (await openLakeWriter(lake, { runId: 'next' })).close();
    expect(await readdir(join(lake, '.chartlift', 'staging'))).toEqual([]);
    expect(await readdir(join(lake, 'raw'))).toEqual(isAfter ? ['chart_visits'] : []);

    const next = await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(20, 30, AFTER))]);
    expect(next).toMatchObject({ status: isAfter ? 'unchanged' : 'committed', version: 0 });
  },
);

it('runs at work are never cleaned up', async () => {
  const lake = await privateLake();
  const atWork = await openLakeWriter(lake, { runId: 'at-work', create: true });
  const table = await atWork.openTable(visitsTable);
  await table.write(batchOf(visits, visitRows(10)));
  await replaceTable(lake, { ...visitsTable, id: { layer: 'raw', table: 'other' } }, []);
  expect(await readdir(join(lake, '.chartlift', 'staging'))).toEqual(['at-work']);
  expect(await table.commit()).toMatchObject({ status: 'committed' });
  await atWork.close();
});
