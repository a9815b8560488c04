import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WRITE_STEPS } from '../../src/catalog/commit/write-step.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { query, temporaryDirectory } from './lake-fixture.ts';
import { syncInSteps } from './sync-in-steps.ts';

const CHART = 'g4n8wl3r';
/** DESIGN §2.3. */
const CHECKPOINT_INTERVAL = 10;
const STEPS = [
  'run:started',
  'read:waiting',
  'read:requesting',
  'read:fetching',
  'read:fetched',
  'state:fetched',
  'state:shaped',
  'run:rows',
  'state:staged',
  ...WRITE_STEPS.map((step) => `write:${step}`),
  'state:committed',
  'run:ended',
];

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ now: () => Date.UTC(2026, 5, 15, 12) });
});
afterAll(() => simulator.close());

/** The same sync in this process: one that nobody kills needs none of its own. */
async function sync(lake: string): Promise<void> {
  const { status } = await syncInSteps({
    url: simulator.url,
    lake,
    chart: CHART,
    runId: `run-${randomUUID()}`,
  });
  expect(status).toBe('success');
}

/** Runs a sync in a process of its own and gives the steps that it passed. */
async function syncUntil(lake: string, deadly: string) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'crash-child.ts'), simulator.url, lake, CHART, deadly],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code, signal] = await once(child, 'close');
  return { code, signal, steps: new Set(output.trim().split('\n')) };
}

/** All rows of both tables, in their order. */
async function contentOf(lake: string) {
  const [[chart, metadata] = []] = await query(
    lake,
    `SELECT (SELECT list(row) FROM raw.chart_${CHART} AS row),
            (SELECT list(row) FROM raw.charts_metadata AS row)`,
  );
  return { chart, metadata };
}

async function dataFilesOf(lake: string): Promise<string[]> {
  const entries = await readdir(lake, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('_delta_log'))
    .map((entry) => entry.name)
    .toSorted();
}

/** A lake whose chart has so many versions that the next commit writes a checkpoint, too. */
let grown: string;
let before: Awaited<ReturnType<typeof contentOf>>;
beforeAll(async () => {
  grown = join(await mkdtemp(join(tmpdir(), 'chartlift-test-')), 'lake');
  for (let version = 0; version < CHECKPOINT_INTERVAL; version += 1) {
    simulator.restate(CHART);
    await sync(grown);
  }
  before = await contentOf(grown);
  simulator.restate(CHART);
}, 60_000);
afterAll(() => rm(dirname(grown), { recursive: true }));

async function copyOfLake(): Promise<string> {
  const lake = join(await temporaryDirectory(), 'lake');
  await cp(grown, lake, { recursive: true });
  return lake;
}

describe('a sync that is killed', () => {
  it('passes every step that is listed here when nobody kills it', async () => {
    const { code, steps } = await syncUntil(await copyOfLake(), 'none');
    expect(code).toBe(0);
    expect([...steps].toSorted()).toEqual(STEPS.toSorted());
  });

  it.each(STEPS)(
    'at %s leaves each table as before or after, and the next one works',
    async (step) => {
      const lake = await copyOfLake();
      expect(await syncUntil(lake, step)).toMatchObject({ signal: 'SIGKILL' });
      const broken = await contentOf(lake);
      await sync(lake);
      const after = await contentOf(lake);
      expect(after.chart).not.toEqual(before.chart);
      expect([before.chart, after.chart]).toContainEqual(broken.chart);
      expect([before.metadata, after.metadata]).toContainEqual(broken.metadata);
      // A file per version of the chart and one of the metadata; nothing of the killed run.
      expect(await dataFilesOf(lake)).toHaveLength(CHECKPOINT_INTERVAL + 2);
    },
  );
});
