import { expect, test } from 'vitest';
import {
  basic,
  chartUrl,
  getChart,
  LABS_KEYS,
  openSimulator,
  SHOP_KEYS,
} from './open-simulator.ts';

test('a chart comes as a JSON envelope', async () => {
  const response = await getChart(await openSimulator(), 'q7m2xk4p');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json; charset=UTF-8');
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(Object.keys(Object(await response.json()))).toEqual(['data']);
});

test.each(['gzip', 'br'])('a chart comes in %s if that is accepted', async (encoding) => {
  const simulator = await openSimulator();
  const response = await getChart(simulator, 'g4n8wl3r', { encoding });
  expect(response.headers.get('content-encoding')).toBe(encoding);
  expect(await response.text()).toBe(await (await getChart(simulator, 'g4n8wl3r')).text());
});

test.each([
  ['a key of another region', basic('eu-api-key', 'demo-secret-key'), 'Invalid API Key'],
  ['a wrong secret', basic('demo-api-key', 'wrong'), 'Invalid API/Secret Key combination'],
  ['no secret', basic('demo-api-key', ''), 'Invalid API/Secret Key combination'],
])('%s is answered 403', async (_, keys, details) => {
  const response = await getChart(await openSimulator(), 'q7m2xk4p', { keys });
  expect(response.status).toBe(403);
  expect(await response.json()).toEqual({
    error: { http_code: 403, type: 'unspecified', metadata: { details } },
  });
});

test('a request without keys is answered 403', async () => {
  const response = await fetch(chartUrl(await openSimulator(), 'q7m2xk4p'));
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({
    error: { metadata: { details: 'Invalid API Key' } },
  });
});

test.each(['gone1234', 'bench-0x1-1', 'q7m2xk4p%20', '%E0%A4%A'])(
  'an unknown chart id, %s, is answered 404',
  async (chartId) => {
    const response = await getChart(await openSimulator(), chartId);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: {
        http_code: 404,
        type: 'invalid',
        message: 'Chart not found',
        metadata: { details: 'Chart not found' },
      },
    });
  },
);

test('a kind of chart without a table is answered 400', async () => {
  const response = await getChart(await openSimulator(), 'p4thf1nd');
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    error: { http_code: 400, type: 'invalid', message: 'Invalid chart definition' },
  });
});

test('each project reads its own charts only', async () => {
  const simulator = await openSimulator();
  const status = async (chartId: string, keys: string) => {
    const response = await getChart(simulator, chartId, { keys });
    await response.body?.cancel();
    return response.status;
  };
  expect(await status('t9l2abx4', LABS_KEYS)).toBe(200);
  expect(await status('t9l2abx4', SHOP_KEYS)).toBe(403);
  expect(await status('q7m2xk4p', LABS_KEYS)).toBe(403);
});

test('other projects can be given', async () => {
  const projects = [{ id: 'shop', name: 'Mine', apiKey: 'mine', secretKey: 's:3' }] as const;
  const simulator = await openSimulator({ projects });
  expect((await getChart(simulator, 'q7m2xk4p', { keys: basic('mine', 's:3') })).status).toBe(200);
  expect((await getChart(simulator, 'q7m2xk4p')).status).toBe(403);
});

test.each(['HEAD', 'POST', 'DELETE'])('%s is not allowed', async (method) => {
  const response = await fetch(chartUrl(await openSimulator(), 'q7m2xk4p'), { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
});

test.each(['/', '/api/3/chart/q7m2xk4p', '/api/3/chart/q7m2xk4p/query', '/api/3/chart//csv'])(
  'there is nothing at %s',
  async (path) => {
    const { url } = await openSimulator();
    expect((await fetch(`${url}${path}`)).status).toBe(404);
  },
);

test('a query string changes nothing', async () => {
  const simulator = await openSimulator();
  const response = await fetch(`${chartUrl(simulator, 'q7m2xk4p')}?start=20260101`, {
    headers: { authorization: SHOP_KEYS },
  });
  expect(await response.text()).toBe(await (await getChart(simulator, 'q7m2xk4p')).text());
});
