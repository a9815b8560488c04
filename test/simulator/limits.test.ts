import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { chartUrl, getChart, LABS_KEYS, NOW, openSimulator, SHOP_KEYS } from './open-simulator.ts';

async function status(simulator: Simulator, chartId: string, keys?: string): Promise<number> {
  const response = await getChart(simulator, chartId, keys ? { keys } : {});
  await response.arrayBuffer();
  return response.status;
}

async function details(response: Response): Promise<unknown> {
  return Object(await response.json()).error.metadata.details;
}

test('six at once: exactly one is refused', async () => {
  const simulator = await openSimulator();
  simulator.setFault('q7m2xk4p', { kind: 'hang' });
  const ended = new AbortController();
  const requests = Array.from({ length: 6 }, () =>
    getChart(simulator, 'q7m2xk4p', { signal: ended.signal }),
  );
  const settled = Promise.allSettled(requests);
  const refused = await Promise.race(requests);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBeNull();
  expect(await refused.json()).toEqual({
    error: {
      http_code: 429,
      type: 'unspecified',
      message: 'Unspecified Error',
      metadata: { details: 'Too Many Requests: Exceeded concurrent limit' },
    },
  });
  ended.abort();
  const outcomes = (await settled).map((outcome) => outcome.status);
  expect(outcomes.filter((outcome) => outcome === 'rejected')).toHaveLength(5);
  expect(simulator.stats()).toMatchObject({ requests: 6, refused: 1, maxConcurrent: 6 });
});

test('five at once are fine, again and again, and each project has its own five', async () => {
  const simulator = await openSimulator({ latencyMs: 20 });
  for (let round = 0; round < 3; round++) {
    const shop = Array.from({ length: 5 }, () => status(simulator, 'q7m2xk4p'));
    const labs = Array.from({ length: 5 }, () => status(simulator, 't9l2abx4', LABS_KEYS));
    expect(new Set(await Promise.all([...shop, ...labs]))).toEqual(new Set([200]));
  }
  expect(simulator.stats()).toMatchObject({ requests: 30, refused: 0 });
});

test('a request that ends early gives its place back', async () => {
  const simulator = await openSimulator({ limits: { concurrent: 1 } });
  simulator.setFault('q7m2xk4p', { kind: 'hang', times: 1 });
  const ended = new AbortController();
  const hanging = getChart(simulator, 'q7m2xk4p', { signal: ended.signal });
  await expect.poll(() => simulator.stats().requests).toBe(1);
  expect(await status(simulator, 'q7m2xk4p')).toBe(429);
  ended.abort();
  await expect(hanging).rejects.toThrow();
  await expect.poll(() => status(simulator, 'q7m2xk4p')).toBe(200);
});

test('cost is limited per five minutes and per hour, if asked for', async () => {
  let now = NOW;
  const simulator = await openSimulator({
    now: () => now,
    limits: { costPerFiveMinutes: 1000, costPerHour: 2000, retryAfterSeconds: 7 },
  });
  const cost = simulator.charts().find((chart) => chart.id === 'm9r4yj6f')?.cost;
  expect(cost).toBe(730);
  expect(await status(simulator, 'm9r4yj6f')).toBe(200);
  const refused = await getChart(simulator, 'm9r4yj6f');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
  expect(await details(refused)).toBe(
    'Too Many Requests: Exceeded rate limit with query of cost 730',
  );
  expect(await status(simulator, 'q7m2xk4p')).toBe(200);
  now += 5 * 60_000;
  expect(await status(simulator, 'm9r4yj6f')).toBe(200);
  now += 5 * 60_000;
  expect(await status(simulator, 'm9r4yj6f')).toBe(429);
  now += 50 * 60_000;
  expect(await status(simulator, 'm9r4yj6f')).toBe(200);
});

test('an answer waits for the latency, a refusal does not', async () => {
  const simulator = await openSimulator({ latencyMs: 60 });
  const start = performance.now();
  expect(await status(simulator, 'gone1234')).toBe(404);
  const refusedAfter = performance.now() - start;
  await status(simulator, 'q7m2xk4p');
  expect(performance.now() - start - refusedAfter).toBeGreaterThanOrEqual(55);
});

test('requests are counted by chart, and a kept connection once', async () => {
  const simulator = await openSimulator();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  for (const id of ['q7m2xk4p', 'q7m2xk4p', 'gone1234']) {
    const headers = { authorization: SHOP_KEYS };
    const [response] = await once(get(chartUrl(simulator, id), { agent, headers }), 'response');
    expect(response.headers['keep-alive']).toBe('timeout=65');
    await once(response.resume(), 'close');
  }
  expect(simulator.stats()).toEqual({
    requests: 3,
    requestsByChart: { q7m2xk4p: 2, gone1234: 1 },
    refused: 0,
    maxConcurrent: 1,
    connections: 1,
  });
});
