import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAmplitude } from '../../src/context.ts';
import { ChartliftError } from '../../src/errors.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { amplitudeSpec } from '../../src/source/amplitude/spec.ts';
import type { ConnectorContext, ReadProgress, StreamReading } from '../../src/stream/connector.ts';
import { rowsOf } from '../../src/stream/record-batch.ts';

const NOON = Date.UTC(2026, 5, 15, 12);
const DAILY = 'q7m2xk4p';
const COUNTRIES = 'g4n8wl3r';
const DELETED = 'd3l3t3d0';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ now: () => NOON });
});

afterEach(() => simulator.close());

function configOf(chartIds: readonly string[], secretKey?: string) {
  const [project] = simulator.projects;
  return amplitudeSpec.parse({
    api_key: project?.apiKey,
    secret_key: secretKey ?? project?.secretKey,
    chart_ids: [...chartIds],
  });
}

const quiet: ConnectorContext = {
  signal: new AbortController().signal,
  deadline: Number.POSITIVE_INFINITY,
  onProgress: () => undefined,
};

async function readAll(
  config: ReturnType<typeof configOf>,
  streams: readonly string[],
  context = quiet,
) {
  const read = new Map<string, { reading: StreamReading; rows: (string | number | null)[][] }>();
  for await (const reading of connectAmplitude(simulator.url).read(config, { streams }, context)) {
    const rows: (string | number | null)[][] = [];
    if ('content' in reading) {
      for await (const batch of reading.content.batches()) rows.push(...rowsOf(batch));
      await reading.content.dispose();
    }
    read.set(reading.stream.name, { reading, rows });
  }
  return read;
}

describe('discover', () => {
  it('gives a stream per chart and one for metadata, without the network', () => {
    const connector = connectAmplitude('http://127.0.0.1:1');
    const streams = connector.discover(configOf([DAILY, COUNTRIES]));
    expect(streams.map((stream) => stream.name)).toEqual([
      `chart_${DAILY}`,
      `chart_${COUNTRIES}`,
      'charts_metadata',
    ]);
    expect(streams[0]?.columns.map(({ name, type, nullable }) => [name, type, nullable])).toEqual([
      ['chart_id', 'string', false],
      ['dimension_name', 'string', false],
      ['dimension_value', 'string', false],
      ['segment', 'string', false],
      ['value', 'double', true],
    ]);
    expect(streams[2]?.columns.map((column) => column.name)).toEqual([
      'chart_id',
      'title',
      'metric',
      'event',
      'dimension',
      'filters',
    ]);
    expect(streams.every((stream) => stream.syncModes.join() === 'FULL_TABLE')).toBe(true);
  });
});

describe('read', () => {
  it('requests each chart once, for its stream and the metadata', async () => {
    const streams = [`chart_${DAILY}`, `chart_${COUNTRIES}`, 'charts_metadata'];
    const read = await readAll(configOf([DAILY, COUNTRIES]), streams);
    expect([...read.keys()].toSorted()).toEqual(streams.toSorted());
    expect(read.get(`chart_${COUNTRIES}`)?.rows).toHaveLength(300);
    expect(read.get(`chart_${COUNTRIES}`)?.rows[0]).toEqual([
      COUNTRIES,
      'Country',
      expect.any(String),
      '2026-05-17',
      expect.any(Number),
    ]);
    expect(simulator.stats().requestsByChart).toEqual({ [DAILY]: 1, [COUNTRIES]: 1 });
  });

  it('gives metadata of every configured chart, also of those whose stream is not selected', async () => {
    const read = await readAll(configOf([COUNTRIES, DAILY]), ['charts_metadata']);
    expect([...read.keys()]).toEqual(['charts_metadata']);
    const rows = read.get('charts_metadata')?.rows ?? [];
    expect(rows.map((row) => [row[0], row[4]])).toEqual([
      [COUNTRIES, 'Country'],
      [DAILY, 'Segment'],
    ]);
    expect(rows[1]?.[1]).toBe('Daily buyers');
  });

  it('requests only the charts of the selected streams where metadata is not selected', async () => {
    await readAll(configOf([DAILY, COUNTRIES]), [`chart_${DAILY}`]);
    expect(simulator.stats().requestsByChart).toEqual({ [DAILY]: 1 });
  });

  it('goes on when a chart fails, and keeps the row that its metadata had', async () => {
    const streams = [`chart_${DELETED}`, `chart_${DAILY}`, 'charts_metadata'];
    const read = await readAll(configOf([DELETED, DAILY]), streams);
    expect(read.get(`chart_${DELETED}`)?.reading).toMatchObject({
      error: { code: 'chart_not_found' },
    });
    expect(read.get(`chart_${DAILY}`)?.rows).toHaveLength(30);
    const metadata = read.get('charts_metadata');
    expect(metadata?.rows.map((row) => row[0])).toEqual([DELETED, DAILY]);
    expect(metadata?.rows[0]?.slice(1)).toEqual([null, null, null, null, null]);
    expect(metadata?.reading).toMatchObject({ content: { keep: new Set([DELETED]) } });
  });

  it('reads for a retry only the named charts, and keeps the metadata of the others', async () => {
    const streams = [`chart_${DAILY}`, 'charts_metadata'];
    const readings = connectAmplitude(simulator.url).read(
      configOf([DAILY, COUNTRIES]),
      { streams, partial: true },
      quiet,
    );
    for await (const { stream, ...reading } of readings) {
      if (!('content' in reading)) throw reading.error;
      if (stream.name === 'charts_metadata') {
        expect([...reading.content.keep]).toEqual([COUNTRIES]);
        expect(reading.content.warnings).toEqual([]);
      }
      await reading.content.dispose();
    }
    expect(simulator.stats().requests).toBe(1);
  });

  it('gives no metadata where no chart could be read', async () => {
    const read = await readAll(configOf([DELETED]), ['charts_metadata']);
    expect(read.get('charts_metadata')?.reading).toMatchObject({
      error: { code: 'chart_not_found' },
    });
  });

  it('throws where the credentials are refused, after one request at most per free place', async () => {
    const charts = Array.from({ length: 30 }, (_, at) => `bench-2x2-${at + 1}`);
    const reading = readAll(configOf(charts, 'wrong'), ['charts_metadata']);
    await expect(reading).rejects.toMatchObject({ code: 'secret_key_wrong', exitCode: 3 });
    expect(simulator.stats().requests).toBeLessThanOrEqual(5);
  });

  it('tells what it does, chart by chart', async () => {
    const seen: ReadProgress[] = [];
    await readAll(configOf([DAILY]), ['charts_metadata'], {
      ...quiet,
      onProgress: (progress) => seen.push(progress),
    });
    const phases = seen.map((progress) => progress.phase);
    expect(phases[0]).toBe('waiting');
    expect(phases).toContain('requesting');
    expect(phases.at(-1)).toBe('fetched');
    expect(new Set(seen.map((progress) => progress.stream))).toEqual(new Set([`chart_${DAILY}`]));
  });

  it('makes no request wait for a consumer that takes its time', async () => {
    const charts = Array.from({ length: 40 }, (_, at) => `bench-2x2-${at + 1}`);
    const streams = charts.map((chart) => `chart_${chart}`);
    const fetched = Promise.withResolvers<void>();
    let left = charts.length;
    const onProgress = ({ phase }: ReadProgress) => {
      if (phase === 'fetched') left -= 1;
      if (left === 0) fetched.resolve();
    };
    const connector = connectAmplitude(simulator.url);
    const readings = connector.read(configOf(charts), { streams }, { ...quiet, onProgress });
    let taken = 0;
    for await (const reading of readings) {
      if (taken === 0) await fetched.promise;
      taken += 1;
      if ('content' in reading) await reading.content.dispose();
    }
    expect(taken).toBe(40);
  });

  it('ends at once when it is aborted, and leaves nothing under way', async () => {
    simulator.setFault('*', { kind: 'hang' });
    const interrupt = new AbortController();
    const reason = new ChartliftError('interrupted', 'Interrupted.', 'Run again.');
    const reading = readAll(configOf([DAILY, COUNTRIES]), ['charts_metadata'], {
      ...quiet,
      signal: interrupt.signal,
      onProgress: ({ phase }) => phase === 'requesting' && interrupt.abort(reason),
    });
    await expect(reading).rejects.toBe(reason);
  });
});

describe('check', () => {
  async function checkAll(config: ReturnType<typeof configOf>) {
    const results = [];
    for await (const result of connectAmplitude(simulator.url).check(config, quiet)) {
      results.push(result);
    }
    return results;
  }

  it('says what each chart is, or what is wrong and what to do', async () => {
    const results = await checkAll(configOf([COUNTRIES, DELETED, 'h0d1only']));
    expect(results[0]).toMatchObject({ stream: null, ok: true });
    const byStream = new Map(results.map((result) => [result.stream, result]));
    expect(byStream.get(`chart_${COUNTRIES}`)).toMatchObject({
      ok: true,
      warnings: [],
      summary: { title: 'Buyers by country', dimension: 'Country', records: 300 },
    });
    expect(byStream.get(`chart_${DELETED}`)).toMatchObject({
      ok: false,
      error: { code: 'chart_not_found', hint: expect.stringContaining('id') },
    });
    expect(byStream.get('chart_h0d1only')).toMatchObject({
      ok: true,
      warnings: [{ code: 'empty_chart' }],
      summary: { records: 0 },
    });
  });

  it('shows the first rows', async () => {
    const results = await checkAll(configOf([COUNTRIES]));
    const chart = results[1];
    expect(chart?.ok === true && chart.summary?.firstRows).toHaveLength(10);
  });

  it('says that the credentials are refused, and nothing of the charts', async () => {
    expect(await checkAll(configOf([COUNTRIES, DAILY], 'wrong'))).toMatchObject([
      { stream: null, ok: false, error: { code: 'secret_key_wrong' } },
    ]);
  });

  it('does not call credentials good that nobody has looked at', async () => {
    simulator.setFault('*', { kind: 'rate_limited', retryAfterSeconds: 3600 });
    const interrupt = new AbortController();
    const reason = new ChartliftError('interrupted', 'Interrupted.', 'Run again.');
    const results = [];
    const checking = connectAmplitude(simulator.url).check(configOf([DAILY]), {
      ...quiet,
      signal: interrupt.signal,
      onProgress: ({ phase }) => phase === 'backing_off' && interrupt.abort(reason),
    });
    for await (const result of checking) results.push(result);
    expect(results).toMatchObject([{ stream: null, ok: false, error: { code: 'interrupted' } }]);
  });
});

describe('the spec', () => {
  it('understands charts in every pasted form', () => {
    const config = amplitudeSpec.parse({
      api_key: 'k',
      secret_key: 's',
      chart_ids: 'abc123, https://app.amplitude.com/analytics/acme/chart/xyz789\nabc123',
    });
    expect(config.chart_ids).toEqual(['abc123', 'xyz789']);
    expect(config.region).toBe('us');
  });

  it('never shows the keys', () => {
    const config = configOf([DAILY]);
    expect(JSON.stringify(config)).not.toContain('demo-');
    expect(String(config.api_key)).toBe('[secret]');
  });

  it('says what is wrong with a link', () => {
    const parsed = amplitudeSpec.safeParse({
      api_key: 'k',
      secret_key: 's',
      chart_ids: 'https://app.amplitude.com/analytics/acme/dashboard/abc123',
    });
    expect(parsed.error?.issues[0]?.message).toContain('dashboard');
  });
});
