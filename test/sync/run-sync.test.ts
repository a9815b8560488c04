import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import { openLakeWriter } from '../../src/catalog/lake-writer.ts';
import { systemClock } from '../../src/clock.ts';
import { connectAmplitude } from '../../src/context.ts';
import { ChartliftError } from '../../src/errors.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { amplitudeSpec } from '../../src/source/amplitude/spec.ts';
import { planStreams, selectStreams } from '../../src/sync/plan.ts';
import type { RunEvent } from '../../src/sync/run-events.ts';
import type { RunResult } from '../../src/sync/run-result.ts';
import { runSync } from '../../src/sync/run-sync.ts';
import { query, temporaryDirectory } from './lake-fixture.ts';

const NOON = Date.UTC(2026, 5, 15, 12);
const DAILY = 'q7m2xk4p';
const COUNTRIES = 'g4n8wl3r';
const DELETED = 'd3l3t3d0';

let simulator: Simulator;
let lake: string;
let runs = 0;

beforeEach(async () => {
  simulator = await startSimulator({ now: () => NOON });
  lake = join(await temporaryDirectory(), 'lake');
});

afterEach(() => simulator.close());

interface Changes {
  readonly streams?: readonly string[];
  readonly secretKey?: string;
  readonly folder?: string;
  readonly signal?: AbortSignal;
  readonly deadline?: number;
  readonly onEvent?: (event: RunEvent) => void;
}

async function run(chartIds: readonly string[], changes: Changes = {}): Promise<RunResult> {
  const [project] = simulator.projects;
  const config = amplitudeSpec.parse({
    api_key: project?.apiKey,
    secret_key: changes.secretKey ?? project?.secretKey,
    chart_ids: [...chartIds],
  });
  const connector = connectAmplitude(simulator.url);
  const streams = selectStreams(connector.discover(config), changes.streams ?? []);
  runs += 1;
  const writer = await openLakeWriter(lake, { runId: `run-${runs}`, create: true });
  try {
    return await runSync({
      connector,
      config,
      plan: planStreams(streams, { layer: 'raw', folder: changes.folder ?? null, prefix: '' }),
      writer,
      clock: systemClock,
      signal: changes.signal ?? new AbortController().signal,
      deadline: changes.deadline ?? Number.POSITIVE_INFINITY,
      onEvent: changes.onEvent ?? (() => undefined),
    });
  } finally {
    await writer.close();
  }
}

function statuses(result: RunResult) {
  return Object.fromEntries(result.streams.map(({ stream, status }) => [stream, status]));
}

describe('a run', () => {
  it('makes a table of each chart, and one of their metadata', async () => {
    const result = await run([DAILY, COUNTRIES], { folder: 'marketing' });
    expect(result.status).toBe('success');
    expect(result.streams).toMatchObject([
      {
        stream: `chart_${DAILY}`,
        table: `raw.chart_${DAILY}`,
        status: 'success',
        rows: 30,
        version: 0,
      },
      { stream: `chart_${COUNTRIES}`, status: 'success', rows: 300, version: 0 },
      { stream: 'charts_metadata', status: 'success', rows: 2, version: 0 },
    ]);
    expect(
      await query(lake, `SELECT count(*), count(DISTINCT segment) FROM raw.chart_${COUNTRIES}`),
    ).toEqual([[300, 30]]);
    expect(await query(lake, 'SELECT chart_id, title FROM raw.charts_metadata')).toEqual([
      [DAILY, 'Daily buyers'],
      [COUNTRIES, 'Buyers by country'],
    ]);
    const reader = await openLakeReader(lake);
    const tables = await reader.tables().finally(() => reader.close());
    expect(tables.find((table) => table.table === `chart_${COUNTRIES}`)).toMatchObject({
      folder: 'marketing',
      source: 'amplitude',
      stream: `chart_${COUNTRIES}`,
      title: 'Buyers by country',
    });
  });

  it('makes no new version of what has not changed, and one of what was restated', async () => {
    await run([DAILY, COUNTRIES]);
    simulator.restate(COUNTRIES);
    const second = await run([DAILY, COUNTRIES]);
    expect(second.streams).toMatchObject([
      { status: 'unchanged', version: 0, rows: 30 },
      { status: 'success', version: 1, rows: 300 },
      { status: 'unchanged', version: 0, rows: 2 },
    ]);
    const reader = await openLakeReader(lake);
    const history = await reader
      .history({ layer: 'raw', table: `chart_${COUNTRIES}` })
      .finally(() => reader.close());
    expect(history[0]?.change).toMatchObject({ added: 0, removed: 0 });
    expect(history[0]?.change?.changed).toBeGreaterThan(0);
  });

  it('is partial where a chart fails: the others get their tables', async () => {
    const result = await run([DAILY, DELETED]);
    expect(result.status).toBe('partial');
    expect(result.streams).toMatchObject([
      { status: 'success', error: null },
      { status: 'failed', rows: null, version: null, error: { code: 'chart_not_found' } },
      { status: 'success', rows: 2, warnings: [{ code: 'row_kept' }] },
    ]);
  });

  it('leaves the table and the metadata of a failing chart as they were', async () => {
    await run([DAILY, COUNTRIES]);
    const before = await query(lake, `FROM raw.chart_${COUNTRIES}`);
    simulator.setFault(COUNTRIES, { kind: 'html' });
    const result = await run([DAILY, COUNTRIES]);
    expect(statuses(result)).toEqual({
      [`chart_${DAILY}`]: 'unchanged',
      [`chart_${COUNTRIES}`]: 'failed',
      charts_metadata: 'unchanged',
    });
    expect(await query(lake, `FROM raw.chart_${COUNTRIES}`)).toEqual(before);
    expect(
      await query(lake, `SELECT title FROM raw.charts_metadata WHERE chart_id = '${COUNTRIES}'`),
    ).toEqual([['Buyers by country']]);
  });

  it('says of a chart without rows that it is empty, and empties its table', async () => {
    const result = await run(['h0d1only', 't1tl3xz0']);
    expect(result.status).toBe('success');
    expect(result.streams.slice(0, 2)).toMatchObject([
      { status: 'empty', rows: 0, warnings: [{ code: 'empty_chart' }] },
      { status: 'empty', rows: 0, warnings: [{ code: 'empty_chart' }] },
    ]);
    expect(await query(lake, 'SELECT count(*) FROM raw.chart_h0d1only')).toEqual([[0]]);
    expect(statuses(await run(['h0d1only']))).toMatchObject({ chart_h0d1only: 'empty' });
  });

  it('writes only the selected streams', async () => {
    const result = await run([DAILY, COUNTRIES], { streams: ['charts_metadata'] });
    expect(result.streams).toMatchObject([{ stream: 'charts_metadata', rows: 2 }]);
    const reader = await openLakeReader(lake);
    const tables = await reader.tables().finally(() => reader.close());
    expect(tables.map((table) => table.table)).toEqual(['charts_metadata']);
  });

  it('fails as a whole where the credentials are refused', async () => {
    const result = await run([DAILY, COUNTRIES], { secretKey: 'wrong' });
    expect(result.status).toBe('failed');
    expect(result.streams.map((stream) => stream.error?.code)).toEqual([
      'secret_key_wrong',
      'secret_key_wrong',
      'secret_key_wrong',
    ]);
  });

  it('gives up at its deadline where Amplitude asks to wait for longer', async () => {
    simulator.setFault(COUNTRIES, { kind: 'rate_limited', retryAfterSeconds: 3600 });
    const result = await run([DAILY, COUNTRIES], { deadline: Date.now() + 700 });
    expect(result.streams).toMatchObject([
      { stream: `chart_${DAILY}` },
      { status: 'failed', error: { code: 'rate_limited' } },
      { stream: 'charts_metadata' },
    ]);
  });

  it('gets through a burst of server errors and says how many tries it took', async () => {
    simulator.setFault(DAILY, { kind: 'status', status: 503, times: 1 });
    const result = await run([DAILY]);
    expect(result.streams[0]).toMatchObject({ status: 'success', attempts: 2 });
  });

  it('ends when it is interrupted: what was committed stays, the rest is as it was', async () => {
    simulator.setFault(COUNTRIES, { kind: 'hang' });
    const interrupt = new AbortController();
    const reason = new ChartliftError('interrupted', 'Interrupted.', 'Run again.');
    const result = await run([DAILY, COUNTRIES], {
      signal: interrupt.signal,
      onEvent: (event) => event.type === 'ended' && interrupt.abort(reason),
    });
    expect(result.streams).toMatchObject([
      { status: 'success' },
      { status: 'failed', error: { code: 'interrupted' } },
      { status: 'failed', error: { code: 'interrupted' } },
    ]);
    expect(await query(lake, `SELECT count(*) FROM raw.chart_${DAILY}`)).toEqual([[30]]);
  });

  it('brings the same records as the report has, in every layout of the simulator', async () => {
    const charts = simulator
      .charts()
      .filter(
        ({ project, fails, layout }) => project === 'shop' && fails === null && layout !== 'sized',
      )
      .filter(({ layout }) => layout !== 'unsupported')
      .map((chart) => chart.id);
    const result = await run(charts);
    expect(result.streams.filter((stream) => stream.error !== null)).toEqual([]);
    for (const { stream, status, rows } of result.streams.slice(0, -1)) {
      expect([stream, status === 'empty' || (rows ?? 0) > 0]).toEqual([stream, true]);
    }
    expect(await query(lake, 'SELECT count(*) FROM raw.charts_metadata')).toEqual([
      [charts.length],
    ]);
  });

  it('tells its events in the order of the design', async () => {
    const states: string[] = [];
    await run([DAILY], {
      streams: [`chart_${DAILY}`],
      onEvent: (event) => {
        if (event.type === 'state') states.push(event.state);
        else if (states.at(-1) !== event.type) states.push(event.type);
      },
    });
    expect(states).toEqual([
      'started',
      'reading',
      'fetched',
      'shaped',
      'rows',
      'staged',
      'committed',
      'ended',
    ]);
  });
});
