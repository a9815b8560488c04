import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, queryRows, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

interface Acknowledged {
  readonly marker: number;
  readonly status: string;
  readonly version?: number;
}

async function commitInLoop(
  lake: string,
  writer: number,
  commits: number,
): Promise<Acknowledged[]> {
  const script = join(import.meta.dirname, 'children', 'commit-in-loop.ts');
  const child = spawn(process.execPath, [script, lake, String(writer), String(commits)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const code = await new Promise((resolve) => child.on('exit', resolve));
  expect(code).toBe(0);
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

it('two processes that commit to one table at once lose nothing', async () => {
  const lake = await privateLake();
  await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(1))]);
  const commits = 30;
  const [first, second] = await Promise.all([
    commitInLoop(lake, 1, commits),
    commitInLoop(lake, 2, commits),
  ]);
  const all = [...first, ...second];
  expect(all).toHaveLength(2 * commits);
  const done = all.filter((each) => each.status === 'committed');
  const conflicts = all.filter((each) => each.status === 'commit_conflict');
  expect(done.length + conflicts.length).toBe(2 * commits);

  // Every acknowledged version is there once, and no other.
  const versions = done.map(({ version }) => version).sort((a, b) => Number(a) - Number(b));
  expect(versions).toEqual(Array.from({ length: done.length }, (_, index) => index + 1));
  const log = join(lake, 'raw', 'chart_visits', '_delta_log');
  const entries = (await readdir(log)).filter(
    (name) => name.endsWith('.json') && !name.startsWith('_'),
  );
  expect(entries).toHaveLength(done.length + 1);

  // Each removes just what the one before added.
  let present = '';
  for (const name of entries.sort()) {
    const actions = (await readFile(join(log, name), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const paths = (kind: string) => actions.flatMap((action) => action[kind]?.path ?? []);
    if (present !== '') expect(paths('remove')).toEqual([present]);
    expect(paths('add')).toHaveLength(1);
    [present] = paths('add');
  }

  // Each holds what its writer wrote; the latest is one of the two last ones.
  for (const { marker, version } of done) {
    const at = new Map([['raw.chart_visits', version ?? -1]]);
    const rows = await queryRows(lake, 'SELECT value FROM raw.chart_visits', { versions: at });
    expect(rows).toEqual([[marker], [marker + 1], [marker + 2]]);
  }
  const reader = await openLakeReader(lake);
  expect(await reader.tables()).toMatchObject([{ version: done.length, rows: 3 }]);
  await reader.close();
  expect(await readdir(join(lake, '.chartlift', 'staging'))).toEqual([]);
});

describe('a writer that is always overtaken', () => {
  /** Commits `rows`; before each of its first `times` tries another writer makes a version. */
  async function overtaken(lake: string, times: number) {
    let others = 0;
    return replaceTable(lake, visitsTable, [batchOf(visits, visitRows(4, 30, 7000))], {
      async onStep(step) {
        if (step !== 'entry_staged' || others === times) return;
        others += 1;
        await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(2, 30, others))]);
      },
    });
  }
  const parquet = async (lake: string) =>
    (await readdir(join(lake, 'raw', 'chart_visits'))).filter((name) => name.endsWith('.parquet'));

  it('compares with what the others left, and goes on', async () => {
    const lake = await privateLake();
    expect(await overtaken(lake, 3)).toMatchObject({
      status: 'committed',
      version: 3,
      change: { added: 2, removed: 0, changed: 2 },
    });
    expect(await parquet(lake)).toHaveLength(4);
  });

  it('gives up with a conflict in the end, and leaves nothing', async () => {
    const lake = await privateLake();
    await expect(overtaken(lake, 10)).rejects.toMatchObject({
      code: 'commit_conflict',
      message: 'Other writers changed raw.chart_visits 10 times while it was to be committed.',
    });
    expect(await parquet(lake)).toHaveLength(10);
    expect(await queryRows(lake, 'SELECT min(value) FROM raw.chart_visits')).toEqual([[10]]);
  });

  it('is unchanged when the others wrote the same', async () => {
    const lake = await privateLake();
    const rows = () => [batchOf(visits, visitRows(5))];
    const outcomes = await Promise.all([
      replaceTable(lake, visitsTable, rows()),
      replaceTable(lake, visitsTable, rows()),
      replaceTable(lake, visitsTable, rows()),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([
      'committed',
      'unchanged',
      'unchanged',
    ]);
    expect(await parquet(lake)).toHaveLength(1);
  });
});
