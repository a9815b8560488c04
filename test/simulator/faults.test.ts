import { get } from 'node:http';
import { createGunzip } from 'node:zlib';
import { expect, test } from 'vitest';
import { FAILING_CHARTS } from '../../src/simulator/charts/failing-charts.ts';
import { faultSchema } from '../../src/simulator/faults/fault.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { chartUrl, getChart, getReport, openSimulator, SHOP_KEYS } from './open-simulator.ts';

const CHART = 'g4n8wl3r';

test.each([500, 502, 503, 504] as const)('status %d, for the next two answers', async (status) => {
  const simulator = await openSimulator();
  simulator.setFault(CHART, { kind: 'status', status, times: 2 });
  const answers = [];
  for (let turn = 0; turn < 3; turn++) answers.push(await getChart(simulator, CHART));
  expect(answers.map((answer) => answer.status)).toEqual([status, status, 200]);
  expect(await answers[0]?.json()).toMatchObject({ error: { http_code: status } });
});

test('the rate limit, with and without Retry-After', async () => {
  const simulator = await openSimulator();
  simulator.setFault(CHART, { kind: 'rate_limited' });
  const plain = await getChart(simulator, CHART);
  expect([plain.status, plain.headers.get('retry-after')]).toEqual([429, null]);
  expect(await plain.json()).toMatchObject({
    error: {
      metadata: { details: 'Too Many Requests: Exceeded rate limit with query of cost 150' },
    },
  });
  simulator.setFault(CHART, { kind: 'rate_limited', retryAfterSeconds: 3 });
  expect((await getChart(simulator, CHART)).headers.get('retry-after')).toBe('3');
});

test('hang: no answer, while other charts are answered', async () => {
  const simulator = await openSimulator();
  simulator.setFault(CHART, { kind: 'hang' });
  const ended = new AbortController();
  let answered = false;
  const hanging = getChart(simulator, CHART, { signal: ended.signal }).then(() => {
    answered = true;
  });
  for (let turn = 0; turn < 5; turn++) await getReport(simulator, 'q7m2xk4p');
  expect(simulator.stats().requestsByChart[CHART]).toBe(1);
  expect(answered).toBe(false);
  ended.abort();
  await expect(hanging).rejects.toThrow();
});

test('reset: the connection ends without an answer', async () => {
  const simulator = await openSimulator();
  simulator.setFault(CHART, { kind: 'reset' });
  await expect(getChart(simulator, CHART)).rejects.toThrow();
});

test('cut: good headers, half a body', async () => {
  const simulator = await openSimulator();
  const whole = await (await getChart(simulator, CHART)).text();
  simulator.setFault(CHART, { kind: 'cut' });
  const { status, bytes, ended } = await readRaw(simulator, CHART);
  expect(status).toBe(200);
  expect(ended).toBe('early');
  expect(whole.startsWith(bytes.toString())).toBe(true);
  expect(bytes.length).toBe(Math.floor(whole.length / 2));
});

test('drip: the right answer in drops', async () => {
  const simulator = await openSimulator();
  const whole = await (await getChart(simulator, CHART)).text();
  simulator.setFault(CHART, { kind: 'drip', bytes: 100, everyMs: 0 });
  const { bytes, chunks } = await readRaw(simulator, CHART);
  expect(bytes.toString()).toBe(whole);
  expect(chunks).toBeGreaterThan(5);
});

test('html: a page with status 200', async () => {
  const simulator = await openSimulator();
  simulator.setFault(CHART, { kind: 'html' });
  const response = await getChart(simulator, CHART);
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'text/html; charset=utf-8',
  ]);
  expect(await response.text()).toMatch(/^<!doctype html>/);
});

test('broken_json: all but the end', async () => {
  const simulator = await openSimulator();
  const whole = await (await getChart(simulator, CHART)).text();
  simulator.setFault(CHART, { kind: 'broken_json' });
  const broken = await (await getChart(simulator, CHART)).text();
  expect(`${broken}"}`).toBe(whole);
});

test('invalid_utf8: JSON all the same, but no UTF-8', async () => {
  const simulator = await openSimulator();
  simulator.setFault(CHART, { kind: 'invalid_utf8' });
  const bytes = await (await getChart(simulator, CHART)).arrayBuffer();
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
  expect(JSON.parse(new TextDecoder().decode(bytes))).toHaveProperty('data');
});

test('redirect: to a page to sign in, or elsewhere', async () => {
  const simulator = await openSimulator();
  simulator.setFault(CHART, { kind: 'redirect', times: 1 });
  const first = await getChart(simulator, CHART);
  expect([first.status, first.headers.get('location')]).toEqual([302, '/login']);
  simulator.setFault(CHART, { kind: 'redirect', location: 'https://elsewhere.invalid/' });
  expect((await getChart(simulator, CHART)).headers.get('location')).toBe(
    'https://elsewhere.invalid/',
  );
});

test('oversized: as many bytes as asked for, and a valid report', async () => {
  const simulator = await openSimulator();
  simulator.setFault(CHART, { kind: 'oversized', bytes: 1_000_000 });
  const body = await (await getChart(simulator, CHART)).text();
  expect(body.length).toBeGreaterThanOrEqual(1_000_000);
  expect(body.length).toBeLessThan(1_100_000);
  expect(JSON.parse(body).data).toMatch(/\r\n"\tWarehouse","12345"\r\n$/);
});

test('zip_bomb: a thousandth on the wire', async () => {
  const simulator = await openSimulator();
  simulator.setFault(CHART, { kind: 'zip_bomb', bytes: 2 ** 24 });
  const { headers, bytes } = await readRaw(simulator, CHART);
  expect(headers['content-encoding']).toBe('gzip');
  expect(bytes.length).toBeLessThan(2 ** 24 / 900);
  let inflated = 0;
  const gunzip = createGunzip();
  gunzip.end(bytes);
  for await (const chunk of gunzip) inflated += chunk.length;
  expect(inflated).toBeGreaterThan(2 ** 24);
});

test('a fault of every chart, except those that have their own', async () => {
  const simulator = await openSimulator();
  simulator.setFault('*', { kind: 'status', status: 502 });
  simulator.setFault(CHART, { kind: 'html' });
  expect((await getChart(simulator, 'q7m2xk4p')).status).toBe(502);
  expect((await getChart(simulator, CHART)).status).toBe(200);
  simulator.setFault('*', null);
  expect((await getChart(simulator, 'q7m2xk4p')).status).toBe(200);
});

test('a fault for a chart that does not exist is refused', async () => {
  const simulator = await openSimulator();
  expect(() => simulator.setFault('gone1234', { kind: 'html' })).toThrow('no chart gone1234');
  expect(() => simulator.restate('gone1234')).toThrow('no chart gone1234');
});

test('every kind of fault has a chart that always shows it, and they are listed', async () => {
  const kinds = new Set(FAILING_CHARTS.map(({ fault }) => fault.kind));
  expect(kinds).toEqual(new Set(faultSchema.options.map((option) => option.shape.kind.value)));
  const simulator = await openSimulator();
  const listed = simulator.charts().filter((chart) => chart.fails !== null);
  expect(listed.map(({ id, fails }) => [id, fails])).toEqual(
    FAILING_CHARTS.map(({ chart, fault }) => [chart.id, fault.kind]),
  );
  expect((await getChart(simulator, 'x500err1')).status).toBe(500);
  expect((await getChart(simulator, 'x429one5')).status).toBe(429);
  expect((await getChart(simulator, 'x429one5')).status).toBe(200);
});

interface Raw {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly chunks: number;
  readonly ended: 'well' | 'early';
}

/** What comes over the wire, without decompression and however it ends. */
function readRaw(simulator: Simulator, chartId: string): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const request = get(chartUrl(simulator, chartId), {
      headers: { authorization: SHOP_KEYS },
    });
    request.once('error', reject);
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      const settle = (ended: Raw['ended']) => {
        const { statusCode: status, headers } = response;
        resolve({ status, headers, bytes: Buffer.concat(chunks), chunks: chunks.length, ended });
      };
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => settle('well'));
      response.once('error', () => settle('early'));
    });
  });
}
