import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { temporaryDirectory } from '../sync/lake-fixture.ts';
import { runCommand, startCommand } from './cli-in-process.ts';
import { runCli, type Served, SHOP_KEYS, startCli, startServing } from './cli-process.ts';

const TOKEN = 'token-of-the-environment-0123456789abcdef';
const DAILY = 'q7m2xk4p';

/** A service in a process of its own; ended with the test, if it has not ended by then. */
async function serve(env: Readonly<Record<string, string>>, port?: string): Promise<Served> {
  const served = await startServing({ CHARTLIFT_API_TOKEN: TOKEN, ...env }, port);
  onTestFinished(() => served.process.kill('SIGKILL'));
  return served;
}

it('serve says how to get in, and stops when told', async () => {
  const home = join(await temporaryDirectory(), 'data');
  const { process, url } = await serve({ CHARTLIFT_HOME: home });
  const [, link = ''] = await process.untilMatch(/^first sign-in +(\S+)$/m);
  await process.until(`data folder    ${home}\n`);
  expect(link).toMatch(new RegExp(`^${url}/setup#token=\\w`));
  expect((await fetch(`${url}/healthz`)).status).toBe(200);

  const second = await runCli(['serve', '--port', '0', '--home', home], {});
  expect(second.stderr).toContain('another chartlift');
  expect(second.code).toBe(2);

  const before = Date.now();
  process.kill('SIGTERM');
  const { code, stdout, stderr } = await process.ended;
  expect(Date.now() - before).toBeLessThan(10_000);
  expect(stdout).toContain('Stopping');
  expect(stdout + stderr).not.toContain(TOKEN);
  expect(stderr).not.toContain(link);
  for (const line of stderr.trim().split('\n')) {
    if (line !== '') expect(JSON.parse(line)).toMatchObject({ service: 'chartlift' });
  }
  expect(code).toBe(0);
});

it('serve ends with 2 for settings that cannot be used', async () => {
  const home = join(await temporaryDirectory(), 'data');
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const env = { CHARTLIFT_HOME: home };
  const refused = await runCli(['serve', '--port', port], env);
  expect(refused.stderr).toContain(`Port ${port} of 127.0.0.1 is taken.`);
  expect(refused.code).toBe(2);
  for (const [args, settings, message] of [
    [['--port', '65536'], env, 'It must be 65535 at most.'],
    [[], { ...env, CHARTLIFT_API_TOKEN: 'short' }, 'CHARTLIFT_API_TOKEN is too short.'],
    [[], { ...env, CHARTLIFT_LOG_LEVEL: 'loud' }, 'which is no level'],
  ] as const) {
    const { code, stderr } = await runCommand(['serve', ...args], settings);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  }
});

it('a backup made while it runs starts another one, before and after the keys are changed', async () => {
  const directory = await temporaryDirectory();
  const simulator = await startSimulator({});
  onTestFinished(() => simulator.close());
  const home = join(directory, 'data');
  const amplitude = { CHARTLIFT_AMPLITUDE_BASE_URL: simulator.url };
  const { process, url } = await serve({ CHARTLIFT_HOME: home, ...amplitude });
  const env = { ...SHOP_KEYS, CHARTLIFT_URL: url, CHARTLIFT_TOKEN: TOKEN };
  const created = await runCommand(
    ['source', 'create', '--name', 'Shop', '--chart', DAILY, '--run'],
    env,
  );
  expect(created.stderr).toContain('✓ credentials');
  expect(created.code).toBe(0);

  const copy = join(directory, 'copy');
  const made = await runCli(['backup', copy, '--home', home], {});
  expect(made.stdout).toContain(`${home} is copied to ${copy} (2 tables`);
  expect(made.code).toBe(0);
  const again = await runCommand(['backup', copy, '--home', home, '--json'], {});
  expect(again.stderr).toContain('There is something at');
  expect(again.code).toBe(2);

  const oldKey = await readFile(join(home, 'secret.key'), 'utf8');
  const rotated = await runCli(['secrets', 'rotate', '--json'], { CHARTLIFT_HOME: home });
  const { resealed, removed, unreadable } = JSON.parse(rotated.stdout);
  expect(resealed).toBeGreaterThanOrEqual(1);
  expect(removed).toHaveLength(1);
  expect(unreadable).toEqual([]);
  expect(await readFile(join(home, 'secret.key'), 'utf8')).not.toBe(oldKey);
  const run = await runCommand(['source', 'run', 'Shop', '--follow'], env);
  expect(run.stdout).toMatch(/^success: /m);
  process.kill('SIGTERM');
  await process.ended;

  const other = await serve({ CHARTLIFT_HOME: copy, ...amplitude });
  const restored = await runCommand(['source', 'run', 'Shop', '--follow'], {
    ...env,
    CHARTLIFT_URL: other.url,
  });
  expect(restored.stdout).toContain('success: 2 unchanged of 2 streams');
  other.process.kill('SIGTERM');
  expect(await other.process.ended).toMatchObject({ code: 0 });
}, 90_000);

it('whoever follows a run sees its end, although the service was started again in it', async () => {
  const simulator = await startSimulator({});
  onTestFinished(() => simulator.close());
  const home = join(await temporaryDirectory(), 'data');
  const settings = { CHARTLIFT_HOME: home, CHARTLIFT_AMPLITUDE_BASE_URL: simulator.url };
  const { process, url } = await serve(settings);
  const env = { ...SHOP_KEYS, CHARTLIFT_URL: url, CHARTLIFT_TOKEN: TOKEN };
  await runCommand(['source', 'create', '--name', 'Shop', '--chart', DAILY], env);
  simulator.setFault(DAILY, { kind: 'hang' });
  const following = startCommand(['source', 'run', 'Shop', '--follow', '--json'], env);
  await following.until('2 streams');
  process.kill('SIGTERM');
  expect(await process.ended).toMatchObject({ code: 0 });
  simulator.setFault(DAILY, null);
  await serve(settings, new URL(url).port);
  const { code, stdout } = await following.ended;
  expect(JSON.parse(stdout)).toMatchObject({ status: 'success', attempt: 2, results: [{}, {}] });
  expect(code).toBe(0);
}, 60_000);

it('serve stops at once when it is told twice', async () => {
  const simulator = await startSimulator({});
  onTestFinished(() => simulator.close());
  const home = join(await temporaryDirectory(), 'data');
  const settings = { CHARTLIFT_HOME: home, CHARTLIFT_AMPLITUDE_BASE_URL: simulator.url };
  const { process, url } = await serve(settings);
  const env = { ...SHOP_KEYS, CHARTLIFT_URL: url, CHARTLIFT_TOKEN: TOKEN };
  await runCommand(['source', 'create', '--name', 'Shop', '--chart', DAILY], env);
  simulator.setFault(DAILY, { kind: 'hang' });
  const following = startCli(['source', 'run', 'Shop', '--follow'], env);
  await following.until('2 streams');
  following.kill('SIGINT');
  process.kill('SIGINT');
  await process.until('Stopping');
  const before = Date.now();
  process.kill('SIGINT');
  expect(await process.ended).toMatchObject({ code: 130 });
  expect(Date.now() - before).toBeLessThan(3_000);
  await following.ended;
});

it('secrets rotate makes no folder where there is none', async () => {
  const home = join(await temporaryDirectory(), 'nowhere');
  const { code, stderr } = await runCommand(['secrets', 'rotate', '--home', home], {});
  expect(stderr).toContain('There is no database at');
  expect(code).toBe(2);
  const copied = await runCommand(['backup', join(home, 'copy'), '--home', home], {});
  expect(copied.stderr).toContain('There is no database at');
  expect(copied.code).toBe(2);
});
