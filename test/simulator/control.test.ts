import { expect, test } from 'vitest';
import { getChart, getReport, openSimulator } from './open-simulator.ts';

async function send(url: string, method: string, body?: unknown): Promise<Response> {
  return fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

test('charts and counts can be asked over HTTP', async () => {
  const simulator = await openSimulator();
  await getReport(simulator, 'q7m2xk4p');
  const charts = await (await fetch(`${simulator.url}/simulator/charts`)).json();
  expect(charts).toEqual(simulator.charts());
  const stats = await (await fetch(`${simulator.url}/simulator/stats`)).json();
  expect(stats).toMatchObject({ requests: 1, requestsByChart: { q7m2xk4p: 1 } });
});

test('faults can be set and ended over HTTP', async () => {
  const simulator = await openSimulator();
  const fault = `${simulator.url}/simulator/faults/q7m2xk4p`;
  expect((await send(fault, 'PUT', { kind: 'status', status: 503 })).status).toBe(200);
  expect((await getChart(simulator, 'q7m2xk4p')).status).toBe(503);
  expect((await send(fault, 'DELETE')).status).toBe(200);
  expect((await getChart(simulator, 'q7m2xk4p')).status).toBe(200);
  await send(`${simulator.url}/simulator/faults/*`, 'PUT', { kind: 'html', times: 1 });
  expect((await getChart(simulator, 'q7m2xk4p')).headers.get('content-type')).toMatch(/html/);
});

test('charts can be restated over HTTP', async () => {
  const simulator = await openSimulator();
  const before = await getReport(simulator, 'q7m2xk4p');
  const url = `${simulator.url}/simulator/restatements/q7m2xk4p`;
  expect((await send(url, 'POST', { share: 0.5 })).status).toBe(200);
  expect(await getReport(simulator, 'q7m2xk4p')).not.toBe(before);
});

test('a chart takes the definition of another one, under its own id', async () => {
  const simulator = await openSimulator();
  const url = `${simulator.url}/simulator/definitions/q7m2xk4p`;
  expect((await send(url, 'PUT', { as: 'g4n8wl3r' })).status).toBe(200);
  expect(await getReport(simulator, 'q7m2xk4p')).toContain('Country');
  expect((await send(url, 'PUT', { as: 'gone1234' })).status).toBe(404);
});

test.each([
  ['PUT', 'faults/q7m2xk4p', { kind: 'meteor' }, 400],
  ['PUT', 'faults/q7m2xk4p', { kind: 'html', time: 1 }, 400],
  ['POST', 'restatements/q7m2xk4p', { share: 2 }, 400],
  ['PUT', 'faults/gone1234', { kind: 'html' }, 404],
  ['GET', 'weather', undefined, 404],
  ['PATCH', 'stats', undefined, 404],
])('%s %s with %j is refused', async (method, path, body, status) => {
  const { url } = await openSimulator();
  const response = await send(`${url}/simulator/${path}`, method, body);
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ error: expect.any(String) });
});

test('a body that is no JSON is refused', async () => {
  const { url } = await openSimulator();
  const response = await fetch(`${url}/simulator/faults/q7m2xk4p`, { method: 'PUT', body: '{' });
  expect(response.status).toBe(400);
});
