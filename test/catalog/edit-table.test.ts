import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WRITE_STEPS } from '../../src/catalog/commit/write-step.ts';
import { dropTable, renameTable, setFolder } from '../../src/catalog/edit-table.ts';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import { openLakeWriter } from '../../src/catalog/lake-writer.ts';
import type { TableListing } from '../../src/catalog/table-listing.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, queryRows, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

const { id } = visitsTable;
const moved = { layer: 'trusted', table: 'moved' };

let template = '';

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'chartlift-lake-'));
  await replaceTable(template, visitsTable, [batchOf(visits, visitRows(10))]);
  await replaceTable(template, visitsTable, [batchOf(visits, visitRows(20))]);
});
afterAll(() => rm(template, { recursive: true }));

/** A lake with two versions of one table. */
async function lakeWithVisits(): Promise<string> {
  const lake = await privateLake();
  await cp(template, lake, { recursive: true });
  return lake;
}

async function listTables(lake: string): Promise<TableListing[]> {
  const reader = await openLakeReader(lake);
  return reader.tables().finally(() => reader.close());
}

const staging = (lake: string) => readdir(join(lake, '.chartlift', 'staging'));

/** What edits have written down that they are about to do. */
async function intents(lake: string): Promise<string[]> {
  const directory = join(lake, '.chartlift', 'edits');
  return existsSync(directory) ? readdir(directory) : [];
}

/** The rows of each table there is; throws when one of them is not whole. */
async function wholeTables(lake: string): Promise<Record<string, number>> {
  const tables: Record<string, number> = {};
  for (const { layer, table } of await listTables(lake)) {
    const [[count] = []] = await queryRows(lake, `SELECT count(value) FROM ${layer}.${table}`);
    tables[`${layer}.${table}`] = Number(count);
  }
  return tables;
}

describe('a table that is dropped', () => {
  it('is gone with all its files', async () => {
    const lake = await lakeWithVisits();
    await dropTable(lake, id);
    expect(await listTables(lake)).toEqual([]);
    expect(await readdir(join(lake, 'raw'))).toEqual([]);
    expect(await staging(lake)).toEqual([]);
    await expect(dropTable(lake, id)).rejects.toMatchObject({ code: 'table_not_found' });
  });

  it('may be damaged', async () => {
    const lake = await lakeWithVisits();
    await rm(join(lake, 'raw', 'chart_visits', '_delta_log', `${'0'.repeat(19)}1.json`));
    await writeFile(
      join(lake, 'raw', 'chart_visits', '_delta_log', `${'0'.repeat(20)}.json`),
      'broken',
    );
    await dropTable(lake, id);
    expect(await readdir(join(lake, 'raw'))).toEqual([]);
  });

  it.each([
    { layer: '..', table: 'outside' },
    { layer: '../outside', table: 'x' },
    { layer: 'raw', table: '../../outside' },
    { layer: '.chartlift', table: 'staging' },
    { layer: 'raw', table: 'chart_visits/_delta_log' },
  ])('is never another directory, such as %j', async (other) => {
    const lake = await lakeWithVisits();
    const log = join(lake, '..', 'outside', '_delta_log');
    await mkdir(log, { recursive: true });
    await writeFile(join(log, `${'0'.repeat(20)}.json`), '');
    await expect(dropTable(lake, other)).rejects.toMatchObject({ code: 'table_not_found' });
    await expect(renameTable(lake, other, moved)).rejects.toMatchObject({
      code: 'table_not_found',
    });
    await expect(setFolder(lake, other, 'x')).rejects.toMatchObject({ code: 'table_not_found' });
    expect(await readdir(log)).toHaveLength(1);
    expect(await listTables(lake)).toHaveLength(1);
  });
});

describe('a table that is renamed', () => {
  it('keeps its versions, and goes on under the new name', async () => {
    const lake = await lakeWithVisits();
    await renameTable(lake, id, moved);
    expect(await readdir(join(lake, 'raw'))).toEqual([]);
    const versions = new Map([['trusted.moved', 0]]);
    const count = 'SELECT count(*) FROM trusted.moved';
    expect(await queryRows(lake, count, { versions })).toEqual([[10]]);
    const target = { ...visitsTable, id: moved };
    const outcome = await replaceTable(lake, target, [batchOf(visits, visitRows(30))]);
    expect(outcome).toMatchObject({ version: 2, change: { added: 10, removed: 0, changed: 0 } });
    expect(await staging(lake)).toEqual([]);
  });

  it('takes no name that is taken, and none that is none', async () => {
    const lake = await lakeWithVisits();
    const other = { layer: 'raw', table: 'other' };
    await replaceTable(lake, { ...visitsTable, id: other }, []);
    const rename = (layer: string, table: string) => renameTable(lake, id, { layer, table });
    await expect(rename('raw', 'other')).rejects.toMatchObject({ code: 'table_name_taken' });
    await expect(rename('nowhere', 'x')).rejects.toMatchObject({ code: 'layer_unknown' });
    await expect(rename('..', 'x')).rejects.toMatchObject({ code: 'layer_unknown' });
    await expect(rename('raw', '../x')).rejects.toMatchObject({ code: 'table_name_invalid' });
    await mkdir(join(lake, 'raw', 'mine'));
    await writeFile(join(lake, 'raw', 'mine', 'notes.txt'), 'x');
    await expect(rename('raw', 'mine')).rejects.toMatchObject({ code: 'table_name_taken' });
    await rename('raw', 'chart_visits');
    expect(await wholeTables(lake)).toEqual({ 'raw.chart_visits': 20, 'raw.other': 0 });
  });

  it('takes the place of what a first sync that failed left', async () => {
    const lake = await lakeWithVisits();
    await mkdir(join(lake, 'trusted', 'moved', '_delta_log'), { recursive: true });
    await renameTable(lake, id, moved);
    expect(await wholeTables(lake)).toEqual({ 'trusted.moved': 20 });
  });

  it('stays where it is when its log holds whole paths', async () => {
    const lake = await lakeWithVisits();
    const table = join(lake, 'raw', 'chart_visits');
    const log = join(table, '_delta_log');
    const entry = join(log, `${'0'.repeat(19)}1.json`);
    const text = await readFile(entry, 'utf8');
    await writeFile(entry, text.replace('"add":{"path":"', `"add":{"path":"file://${table}/`));
    for (const name of await readdir(log)) if (name.endsWith('.crc')) await rm(join(log, name));
    await expect(renameTable(lake, id, moved)).rejects.toMatchObject({
      code: 'table_unsupported',
    });
    expect(await wholeTables(lake)).toEqual({ 'raw.chart_visits': 20 });
  });
});

describe('the folder of a table', () => {
  it('is a version of its own, which changes no row', async () => {
    const lake = await lakeWithVisits();
    expect(await setFolder(lake, id, 'Growth / EU')).toBe(2);
    expect(await setFolder(lake, id, 'Growth / EU')).toBe(2);
    expect(await listTables(lake)).toMatchObject([
      { folder: 'Growth / EU', rows: 20, title: 'Visits' },
    ]);
    const reader = await openLakeReader(lake);
    const [latest] = await reader.history(id);
    await reader.close();
    expect(latest).toMatchObject({ operation: 'SET TBLPROPERTIES', runId: null, version: 2 });
    expect(await setFolder(lake, id, null)).toBe(3);
    expect(await listTables(lake)).toMatchObject([{ folder: null }]);
    // The same content is still known to be the same.
    const again = await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(20))]);
    expect(again).toMatchObject({ status: 'unchanged', version: 3 });
    expect(await staging(lake)).toEqual([]);
  });

  it('may be set while runs commit', async () => {
    const lake = await lakeWithVisits();
    const runs = [1, 2, 3].map((run) =>
      replaceTable(lake, visitsTable, [batchOf(visits, visitRows(20, 30, run))]),
    );
    await Promise.all([...runs, setFolder(lake, id, 'a'), setFolder(lake, id, 'a')]);
    expect(await wholeTables(lake)).toEqual({ 'raw.chart_visits': 20 });
  });
});

/** Steps from which on an edit has to wait for the commit. */
const window = WRITE_STEPS.slice(WRITE_STEPS.indexOf('journaled'), WRITE_STEPS.indexOf('finished'));
const before = ['written', 'staged'] as const;

/** Begins an edit when a write has come to a step, and tells what both came to. */
async function editDuringWrite(
  lake: string,
  step: string,
  edit: () => Promise<void>,
): Promise<{ write: string; edit: string }> {
  const code = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) =>
        error instanceof Error && 'code' in error ? String(error.code) : 'other',
    );
  let editing: Promise<string> | null = null;
  const rows = [batchOf(visits, visitRows(30, 30, 5000))];
  const writer = await openLakeWriter(lake, {
    runId: `slow-${step}`,
    async onStep(done) {
      if (done !== step || editing !== null) return;
      editing = code(edit());
      // Outside the commit an edit waits for nobody; inside it has to, and so the commit must go on.
      await (window.some((inside) => inside === step)
        ? Promise.race([editing, delay(100)])
        : editing);
    },
  });
  const table = await writer.openTable(visitsTable);
  for (const batch of rows) await table.write(batch);
  if (step === 'written') editing = code(edit());
  await editing;
  const write = await code(table.commit());
  await writer.close();
  return { write, edit: (await editing) ?? 'never' };
}

describe('an edit beside a run', () => {
  it.each(before)('before its commit makes it fail: %s', async (step) => {
    const lake = await lakeWithVisits();
    const outcome = await editDuringWrite(lake, step, () => renameTable(lake, id, moved));
    expect(outcome).toEqual({ write: 'commit_conflict', edit: 'done' });
    expect(await wholeTables(lake)).toEqual({ 'trusted.moved': 20 });
    expect(await readdir(join(lake, 'raw'))).toEqual([]);
    expect(await staging(lake)).toEqual([]);
  });

  it.each(window.filter((step) => !step.startsWith('checkpoint')))(
    'waits for a commit at work, which it then takes along: %s',
    async (step) => {
      const lake = await lakeWithVisits();
      const outcome = await editDuringWrite(lake, step, () => renameTable(lake, id, moved));
      expect(outcome).toEqual({ write: 'done', edit: 'done' });
      expect(await wholeTables(lake)).toEqual({ 'trusted.moved': 30 });
      expect(await readdir(join(lake, 'raw'))).toEqual([]);
    },
  );

  it('that drops the table drops it for good', async () => {
    for (const step of ['staged', 'journaled', 'entry_staged', 'committed']) {
      const lake = await lakeWithVisits();
      const outcome = await editDuringWrite(lake, step, () => dropTable(lake, id));
      expect(outcome.edit).toBe('done');
      expect(outcome.write).toBe(step === 'staged' ? 'commit_conflict' : 'done');
      expect(await readdir(join(lake, 'raw'))).toEqual([]);
    }
  });

  it('that puts another table in the place of its own makes it fail', async () => {
    const lake = await lakeWithVisits();
    const other = { layer: 'raw', table: 'other' };
    const stream = { ...visits, name: 'chart_other' };
    await replaceTable(lake, { ...visitsTable, id: other, stream }, []);
    const outcome = await editDuringWrite(lake, 'staged', async () => {
      await renameTable(lake, id, moved);
      await renameTable(lake, other, id);
    });
    expect(outcome).toEqual({ write: 'table_name_taken', edit: 'done' });
    expect(await wholeTables(lake)).toEqual({ 'raw.chart_visits': 0, 'trusted.moved': 20 });
  });

  it('in whatever order leaves the table whole under one name', async () => {
    for (let round = 0; round < 15; round += 1) {
      const lake = await lakeWithVisits();
      const writer = await openLakeWriter(lake, { runId: 'beside' });
      const table = await writer.openTable(visitsTable);
      await table.write(batchOf(visits, visitRows(30, 30, 5000)));
      const committing = table.commit().then(
        () => 'done',
        (error: { code?: string }) => error.code,
      );
      await delay(round * 2);
      await renameTable(lake, id, moved);
      const write = await committing;
      expect(['done', 'commit_conflict']).toContain(write);
      await writer.close();
      expect(await wholeTables(lake)).toEqual({ 'trusted.moved': write === 'done' ? 30 : 20 });
    }
  });
});

describe('two edits at once', () => {
  it('of one table: one of them finds it, whatever comes of the others', async () => {
    const lake = await lakeWithVisits();
    const edits = await Promise.allSettled([
      renameTable(lake, id, moved),
      renameTable(lake, id, { layer: 'raw', table: 'second' }),
      renameTable(lake, id, { layer: 'service', table: 'third' }),
      dropTable(lake, id),
    ]);
    expect(edits.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const edit of edits) {
      if (edit.status === 'rejected')
        expect(edit.reason).toMatchObject({ code: 'table_not_found' });
    }
    expect(await staging(lake)).toEqual([]);
  });
});

it('a process that is killed while it edits leaves the table whole, under one name', async () => {
  const lake = await lakeWithVisits();
  const script = join(import.meta.dirname, 'children', 'rename-in-loop.ts');
  for (let round = 0; round < 5; round += 1) {
    const child = spawn(process.execPath, [script, lake], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended]);
    await delay(round * 12);
    child.kill('SIGKILL');
    await ended;
    await (await openLakeWriter(lake, { runId: `next-${round}` })).close();
    // Killed when its owner's name was not yet there, or no longer, it is left for an hour.
    const left = await staging(lake);
    for (const name of left) {
      const owner = join(lake, '.chartlift', 'staging', name, 'owner.json');
      expect(await readFile(owner, 'utf8').catch(() => '')).toBe('');
    }
    for (const intent of await intents(lake)) expect(left).toContain(basename(intent, '.json'));
    await rm(join(lake, 'service', 'copy'), { recursive: true, force: true });
    const tables = await wholeTables(lake);
    expect(Object.values(tables)).toEqual([20]);
    if (tables['trusted.moved'] !== undefined) await renameTable(lake, moved, id);
  }
});

it('an edit that died holds up no commit and no other edit, and what it left goes', async () => {
  const lake = await lakeWithVisits();
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.on('exit', resolve));
  const left = join(lake, '.chartlift', 'staging', 'edit-dead');
  await mkdir(left, { recursive: true });
  await writeFile(
    join(left, 'owner.json'),
    JSON.stringify({ pid: child.pid, host: hostname(), processStart: null, startedAt: 1 }),
  );
  const edits = join(lake, '.chartlift', 'edits');
  await mkdir(edits, { recursive: true });
  const scope = { tables: ['raw.chart_visits'], layers: [] };
  await writeFile(join(edits, 'edit-dead.json'), JSON.stringify(scope));
  const started = performance.now();
  await renameTable(lake, id, moved);
  await renameTable(lake, moved, id);
  await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(30))]);
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(await wholeTables(lake)).toEqual({ 'raw.chart_visits': 30 });
  expect(await intents(lake)).toEqual([]);
  expect(await staging(lake)).toEqual([]);
});

it('what a dead run left in a table is removed before the table moves', async () => {
  const lake = await lakeWithVisits();
  const script = join(import.meta.dirname, 'children', 'die-at-step.ts');
  const child = spawn(process.execPath, [script, lake, 'files_moved', '30', '5000']);
  await new Promise((resolve) => child.on('exit', resolve));
  expect(await staging(lake)).toHaveLength(1);
  await renameTable(lake, id, moved);
  expect(await staging(lake)).toEqual([]);
  const files = await readdir(join(lake, 'trusted', 'moved'));
  expect(files.filter((name) => name.endsWith('.parquet'))).toHaveLength(2);
  expect(await wholeTables(lake)).toEqual({ 'trusted.moved': 20 });
});
