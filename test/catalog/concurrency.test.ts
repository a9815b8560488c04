import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
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
