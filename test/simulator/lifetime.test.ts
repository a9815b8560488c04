import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { chartUrl, getChart, getReport, openSimulator, SHOP_KEYS } from './open-simulator.ts';

const MIB = 1024 * 1024;

test('a chart of gigabytes starts at once and needs little memory', async () => {
  const simulator = await openSimulator();
  const before = used();
  const response = await getChart(simulator, 'bench-1000000x365-1');
  const reader = response.body?.getReader();
  let received = 0;
  let most = 0;
  while (received < 8 * MIB) {
    const chunk = await reader?.read();
    received += chunk?.value?.length ?? Number.NaN;
    most = Math.max(most, used() - before);
  }
  await reader?.cancel();
  expect(most).toBeLessThan(128 * MIB);
  // The reader has gone, so has the work for it: all five places are free.
  await expect
    .poll(async () => {
      const turns = Array.from({ length: 5 }, () => getChart(simulator, 'q7m2xk4p'));
      return (await Promise.all(turns)).map((turn) => turn.status);
    })
    .toEqual(Array(5).fill(200));
});

function used(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test('a large chart has the size that its id says', async () => {
  const report = await getReport(await openSimulator(), 'bench-2000x100-1');
  expect(report.match(/\r\n"\tProduct \d{5}"(,"\d{4,5}"){100}/g)).toHaveLength(2000);
});

test('sized charts of other numbers have other values', async () => {
  const simulator = await openSimulator();
  const reports = new Set<string>();
  for (let number = 1; number <= 200; number++) {
    const report = await getReport(simulator, `bench-2x3-${number}`);
    reports.add(report.slice(report.indexOf('"\tProduct 00001"')));
  }
  expect(reports.size).toBe(200);
});

test('close ends what is under way, and the port is free again', async () => {
  const simulator = await startSimulator();
  simulator.setFault('q7m2xk4p', { kind: 'hang' });
  const { port } = new URL(simulator.url);
  const idle = connect(Number(port), '127.0.0.1');
  const hanging = getChart(simulator, 'q7m2xk4p');
  const dripping = getChart(simulator, 'xdrip9mm').then((response) => response.text());
  const outcomes = Promise.allSettled([hanging, dripping, once(idle, 'close')]);
  await expect.poll(() => simulator.stats().requests).toBe(2);
  await simulator.close();
  expect((await outcomes).map((outcome) => outcome.status)).toEqual([
    'rejected',
    'rejected',
    'fulfilled',
  ]);
  await expect(fetch(simulator.url)).rejects.toThrow();
  const again = await openSimulator({ port: Number(port) });
  expect(again.url).toBe(simulator.url);
});

test('close stops an answer that still waits for its latency', async () => {
  const simulator = await startSimulator({ latencyMs: 60_000 });
  const outcome = Promise.allSettled([getChart(simulator, 'q7m2xk4p')]);
  await expect.poll(() => simulator.stats().requests).toBe(1);
  await simulator.close();
  expect((await outcome)[0].status).toBe('rejected');
});

test('after close nothing keeps the process alive', async () => {
  const program = `
    import { startSimulator } from './src/simulator/simulator.ts';
    const simulator = await startSimulator();
    const hanging = fetch(simulator.url + '/api/3/chart/xhang6zz/csv', {
      headers: { authorization: '${SHOP_KEYS}' },
    }).catch(() => undefined);
    while (simulator.stats().requests === 0) await new Promise(setImmediate);
    await simulator.close();
    await hanging;
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: 'inherit',
    timeout: 10_000,
  });
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('a port that is taken is named', async () => {
  const { url } = await openSimulator();
  const port = Number(new URL(url).port);
  await expect(startSimulator({ port })).rejects.toMatchObject({
    code: 'usage',
    message: `The simulator cannot listen on port ${port}.`,
  });
});

test('it listens on loopback only', async () => {
  const { url } = await openSimulator();
  expect(new URL(url).hostname).toBe('127.0.0.1');
  const response = await fetch(chartUrl(await openSimulator(), 'q7m2xk4p'), {
    headers: { authorization: SHOP_KEYS, connection: 'close' },
  });
  expect(response.status).toBe(200);
});
