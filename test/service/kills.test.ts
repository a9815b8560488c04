import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import { formatTableId } from '../../src/catalog/table-id.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { type Served, startServing } from '../cli/cli-process.ts';
import { query, temporaryDirectory } from '../sync/lake-fixture.ts';
import { type Answer, createSource, startForTest, TOKEN } from './running-service.ts';

/** How often the service is killed: a few times here, 50 by `npm run test:kills`. */
const KILLS = Number(process.env['CHARTLIFT_KILLS'] ?? 4);
const SOURCES = 20;
const CHARTS = ['q7m2xk4p', 'g4n8wl3r', 's0p5vn7j', 'f2x9kc7w'];
/** Between the first request of a round and the kill: before, in and after commits. */
const LONGEST_LIFE_MS = 900;

function serve(home: string, simulator: Simulator): Promise<Served> {
  return startServing({
    CHARTLIFT_HOME: home,
    CHARTLIFT_API_TOKEN: TOKEN,
    CHARTLIFT_AMPLITUDE_BASE_URL: simulator.url,
  });
}

async function kill({ process }: Served): Promise<void> {
  process.kill('SIGKILL');
  await process.ended;
}

async function api(
  url: string,
  method: string,
  path: string,
): Promise<Pick<Answer, 'status' | 'body'>> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${TOKEN}` },
  });
  return { status: response.status, body: await response.json() };
}

it(`loses no run and breaks no table when it is killed ${KILLS} times while ${SOURCES} sources sync`, {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  const directory = await temporaryDirectory();
  const simulator = await startSimulator({ latencyMs: 60 });
  const sources: string[] = [];
  const setup = await startForTest({ home: directory, simulator });
  for (let index = 0; index < SOURCES; index += 1) {
    const source = await createSource(setup, [CHARTS[index % CHARTS.length] ?? ''], {
      prefix: `s${index}_`,
    });
    sources.push(source.id);
  }
  await setup.stop();

  const accepted = new Set<string>();
  for (let round = 0; round < KILLS; round += 1) {
    const serving = await serve(setup.home, simulator);
    simulator.restate('*');
    const life = new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_LIFE_MS));
    // What is asked when the service dies has no answer.
    const asking = Promise.allSettled(
      sources.map(async (id) => {
        const { status, body } = await api(serving.url, 'POST', `/sources/${id}/runs`);
        if (status === 202) accepted.add(body.id);
        return status;
      }),
    );
    await life;
    await kill(serving);
    const answers = (await asking).filter((answer) => answer.status === 'fulfilled');
    expect(answers.filter(({ value }) => value !== 202 && value !== 409)).toEqual([]);
  }

  const last = await serve(setup.home, simulator);
  await expect
    .poll(
      async () => (await api(last.url, 'GET', '/runs?status=queued&status=running')).body.items,
      {
        timeout: 60_000,
      },
    )
    .toEqual([]);
  const runs = await everyRun(last.url);
  expect([...accepted].filter((id) => !runs.has(id))).toEqual([]);
  expect([...runs.values()].filter((run) => run.status !== 'success')).toEqual([]);
  // A run that was taken up again is one run, not two.
  for (const id of runs.keys()) {
    const { body } = await api(last.url, 'GET', `/runs/${id}`);
    expect(body.results.map((result: { stream: string }) => result.stream)).toHaveLength(2);
  }
  await kill(last);
  await simulator.close();
  // One whose every request was killed has no table.
  const ran = new Set([...runs.values()].map((run) => run.source_id));
  await assertTablesWhole(join(setup.home, 'lake'), ran.size);
});

async function everyRun(url: string) {
  const runs = new Map<string, { readonly status: string; readonly source_id: string }>();
  let cursor = '';
  do {
    const { body } = await api(url, 'GET', `/runs?limit=200${cursor && `&cursor=${cursor}`}`);
    for (const run of body.items) runs.set(run.id, run);
    cursor = body.next_cursor ?? '';
  } while (cursor !== '');
  return runs;
}

/** Every table reads whole, at each version, and no run made two versions of one table. */
async function assertTablesWhole(lake: string, sources: number): Promise<void> {
  const reader = await openLakeReader(lake);
  try {
    const tables = await reader.tables();
    expect(tables).toHaveLength(sources * 2);
    for (const table of tables) {
      const versions = await reader.history(table);
      expect(versions.map(({ version }) => version)).toEqual(
        versions.map((_, index) => versions.length - 1 - index),
      );
      const makers = versions.map(({ runId }) => runId?.replace(/-\d+$/, ''));
      expect(new Set(makers).size).toBe(makers.length);
      const [[rows] = []] = await query(lake, `SELECT count(*) FROM ${formatTableId(table)}`);
      expect(rows).toBe(versions[0]?.rows);
    }
  } finally {
    await reader.close();
  }
}
