import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServiceUnderTest, startForTest, TOKEN } from '../service/running-service.ts';
import { runCommand, startCommand } from './cli-in-process.ts';
import { runCli, SHOP_KEYS, startCli } from './cli-process.ts';

const DAILY = 'q7m2xk4p';
const COUNTRIES = 'g4n8wl3r';
const DELETED = 'd3l3t3d0';

let service: ServiceUnderTest;
let env: Readonly<Record<string, string>>;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chartlift-test-'));
  service = await startForTest({ home: directory });
  env = { ...SHOP_KEYS, CHARTLIFT_URL: service.url, CHARTLIFT_TOKEN: TOKEN };
});
afterAll(async () => {
  await service.stop();
  await rm(directory, { recursive: true });
});

const cli = (...args: readonly string[]) => runCommand(args, env);
/** The document that `--json` prints. */
const json = async (...args: readonly string[]) =>
  JSON.parse((await cli(...args, '--json')).stdout);

describe('without a service', () => {
  it('there must be a token', async () => {
    const { code, stderr } = await runCommand(['source', 'list'], { CHARTLIFT_URL: service.url });
    expect(stderr).toContain('There is no token');
    expect(code).toBe(3);
  });

  it('a wrong token is refused', async () => {
    const wrong = { CHARTLIFT_URL: service.url, CHARTLIFT_TOKEN: 'cl_wrong' };
    const { code, stderr } = await runCommand(['source', 'list'], wrong);
    expect(stderr).toContain('set CHARTLIFT_TOKEN to one that is valid');
    expect(code).toBe(3);
  });

  it('says where it looked', async () => {
    const nowhere = { CHARTLIFT_URL: 'http://127.0.0.1:9', CHARTLIFT_TOKEN: TOKEN };
    const { code, stderr } = await runCommand(['run', 'list'], nowhere);
    expect(stderr).toContain('No chartlift answers at http://127.0.0.1:9');
    expect(stderr).toContain('chartlift serve');
    expect(code).toBe(1);
  });
});

describe('source', () => {
  it('create checks, saves and runs, and the other commands show it', async () => {
    // In a process of its own, as a user has it; all that follows asks the same way.
    const created = await runCli(
      [
        ...['source', 'create', '--name', 'Marketing', '--chart', DAILY, '--folder', 'marketing'],
        ...['--daily', '06:30', '--timezone', 'Europe/Berlin', '--description', 'Buyers', '--run'],
      ],
      env,
    );
    expect(created.stderr).toContain('✓ credentials: accepted');
    expect(created.stderr).toContain(`✓ chart_${DAILY}: Daily buyers`);
    expect(created.stderr).toMatch(/Every day at 06:30, Europe\/Berlin: \d{4}-/);
    expect(created.stdout).toContain('created Marketing (src_');
    expect(created.stdout).toContain(`chart_${DAILY} → raw.chart_${DAILY}`);
    expect(created.stdout).toContain('success: 2 new of 2 streams');
    expect(created.code).toBe(0);

    const [listed] = await json('source', 'list', '--text', 'market');
    expect(listed).toMatchObject({
      name: 'Marketing',
      streams: 2,
      last_run: { status: 'success' },
    });
    expect((await cli('source', 'list')).stdout).toMatch(
      /^NAME +STREAMS[\s\S]*Marketing +2 +success/,
    );
    expect((await cli('source', 'list', '--paused')).stdout).toBe('No source is like that.\n');
    for (const name of ['marketing', listed.id]) {
      const { stdout } = await cli('source', 'show', name);
      expect(stdout).toContain('Every day at 06:30, Europe/Berlin');
      expect(stdout).toMatch(new RegExp(`chart_${DAILY} +raw.chart_${DAILY} +marketing +Daily`));
    }
    const shown = await json('source', 'show', 'Marketing');
    expect(shown).toMatchObject({ description: 'Buyers', trigger: { type: 'daily' } });
    expect(JSON.stringify(shown)).not.toContain(SHOP_KEYS['AMPLITUDE_SECRET_KEY']);
  });

  it('of another name is not found, and one like it is named', async () => {
    const { code, stderr } = await cli('source', 'show', 'Market');
    expect(stderr).toContain('There is no source "Market".');
    expect(stderr).toContain('Do you mean "Marketing"?');
    expect(code).toBe(2);
  });

  it('create saves nothing where a chart cannot be read, unless told to go on', async () => {
    const args = ['source', 'create', '--name', 'Half', '--chart', COUNTRIES, DELETED];
    const refused = await cli(...args);
    expect(refused.stderr).toContain(`✗ chart_${DELETED}`);
    expect(refused.stderr).toContain('cannot be read; nothing was saved');
    expect(refused.code).toBe(1);
    expect(await json('source', 'list', '--text', 'Half')).toEqual([]);
    const source = await json(...args, '--skip-failed', '--paused', '--prefix', 'half_');
    expect(source).toMatchObject({
      paused: true,
      config: { chart_ids: [COUNTRIES] },
      streams: [
        { name: `chart_${COUNTRIES}` },
        { name: 'charts_metadata', table: 'half_charts_metadata' },
      ],
    });
  });

  it('create says each field that cannot be used', async () => {
    const args = ['source', 'create', '--name', 'Marketing', '--chart', COUNTRIES];
    const { code, stderr } = await cli(...args, '--layer', 'bronze');
    expect(stderr).toContain('layer is no layer of the catalog; choose from raw');
    expect(stderr).toContain('name is the name of another source');
    expect(code).toBe(2);
  });

  it('create ends with 3 where the keys are refused', async () => {
    const wrong = { ...env, AMPLITUDE_SECRET_KEY: 'wrong' };
    const args = ['source', 'create', '--name', 'Wrong', '--chart', COUNTRIES];
    const { code, stderr } = await runCommand(args, wrong);
    expect(stderr).toContain('✗ credentials');
    expect(code).toBe(3);
  });

  it('validate checks new settings, or those that are stored', async () => {
    const fresh = await cli('source', 'validate', '--chart', COUNTRIES, DELETED);
    expect(fresh.stdout).toContain(
      `✓ chart_${COUNTRIES}: Buyers by country · Country · 300 records`,
    );
    expect(fresh.stdout).toContain(`✗ chart_${DELETED}`);
    expect(fresh.code).toBe(1);
    const stored = await json('source', 'validate', 'Marketing');
    expect(stored).toMatchObject({ status: 'ready', checks: [{ stream: null, ok: true }, {}] });
  });

  it('add-streams, pause, resume and run change it', async () => {
    const added = await cli(
      ...['source', 'add-streams', 'Marketing', '--chart', `${DAILY} w5k8zn1d`],
      ...['--prefix', 'new_'],
    );
    expect(added.stderr).not.toContain('error');
    expect(added.stdout).toBe('added chart_w5k8zn1d → raw.new_chart_w5k8zn1d\n');
    expect((await cli('source', 'pause', 'Marketing')).stdout).toBe('paused Marketing\n');
    const resumed = await cli('source', 'resume', 'Marketing');
    expect(resumed.stdout).toMatch(/^resumed Marketing; the next run is at \d/);

    const followed = await cli('source', 'run', 'Marketing', '--follow');
    expect(followed.stderr).toMatch(/run run_\w+: 3 streams/);
    expect(followed.stderr).toContain('chart_w5k8zn1d: ');
    expect(followed.stdout).toContain('success: 2 new, 1 unchanged of 3 streams');
    expect(followed.code).toBe(0);
  });

  it('update changes what is named, and keys are changed once they are checked', async () => {
    const updated = await cli(
      ...['source', 'update', 'Half', '--name', 'Whole', '--hourly', '15', '--timezone', 'UTC'],
    );
    expect(updated.stderr).toMatch(/^Every hour .*UTC: \d{4}-/);
    expect(updated.stdout).toBe('updated Whole\n');
    const back = await json('source', 'update', 'Whole', '--name', 'Half', '--manual');
    expect(back).toMatchObject({ name: 'Half', trigger: { type: 'manual' }, description: '' });
    expect(await cli('source', 'update', 'Half')).toMatchObject({ code: 2 });
    expect(await cli('source', 'update', 'Half', '--manual', '--hourly')).toMatchObject({
      code: 2,
    });

    const changed = await cli('source', 'keys', 'Half');
    expect(changed.stdout).toBe('Half has other keys\n');
    const wrong = { ...env, AMPLITUDE_SECRET_KEY: 'wrong' };
    const refused = await runCommand(['source', 'keys', 'Half'], wrong);
    expect(refused.stderr).toContain('✗ credentials');
    expect(refused.code).toBe(3);
  });

  it('delete tells what would go, and goes with --yes', async () => {
    const asked = await cli('source', 'delete', 'Half');
    expect(asked.stdout).toContain('Half goes with its runs.');
    expect(asked.stderr).toContain('--yes');
    expect(asked.code).toBe(2);
    expect(await json('source', 'delete', 'Half', '--dry-run')).toMatchObject({ dry_run: true });
    const done = await cli('source', 'delete', 'Half', '--drop-tables', '--yes');
    expect(done.stdout).toContain('deleted Half');
    expect(done.code).toBe(0);
    expect(await json('source', 'list', '--text', 'Half')).toEqual([]);
  });
});

describe('run', () => {
  it('list, show and logs tell what happened', async () => {
    const runs = await json('run', 'list', '--source', 'Marketing', '--status', 'success');
    expect(runs).toHaveLength(2);
    const [{ id }] = runs;
    expect((await cli('run', 'list', '--limit', '1')).stdout).toMatch(
      /^RUN [\s\S]*Marketing +success +manual/,
    );
    const { stdout } = await cli('run', 'show', id);
    expect(stdout).toContain(`run       ${id}\nsource    Marketing\n`);
    expect(stdout).toContain('success: 2 new, 1 unchanged of 3 streams');
    expect(await json('run', 'show', id)).toMatchObject({ id, results: [{}, {}, {}] });

    const log = await cli('run', 'logs', id);
    expect(log.stdout).toContain(`info  chart_${DAILY}: raw.chart_${DAILY} is as it was: 30 rows`);
    const lines = await json('run', 'logs', id, '--text', 'as it was');
    expect(lines).toMatchObject([{ type: 'stream_ended', stream: `chart_${DAILY}` }]);
    const followed = await cli('run', 'logs', id, '--follow');
    expect(followed).toMatchObject({ code: 0, stdout: log.stdout });
    expect((await cli('run', 'list', '--since', '2099-01-01')).stdout).toContain('no such run');
  });

  it('retry refuses where nothing failed, and what is not there is not found', async () => {
    const [{ id }] = await json('run', 'list');
    expect(await cli('run', 'retry', id)).toMatchObject({ code: 2 });
    const { code, stderr } = await cli('run', 'logs', '--follow', 'run_none');
    expect(stderr).toContain('There is no run run_none.');
    expect(code).toBe(2);
  });

  it('retry runs what failed, and nothing else', async () => {
    service.simulator.setFault(DAILY, { kind: 'html' });
    const failed = await cli('source', 'run', 'Marketing', '--follow', '--json');
    service.simulator.setFault(DAILY, null);
    expect(failed.code).toBe(1);
    const { id, status } = JSON.parse(failed.stdout);
    expect(status).toBe('partial');
    const shown = await cli('run', 'show', id);
    expect(shown.stdout).toContain(`failed chart_${DAILY}: `);
    expect(shown.stdout).toContain('partial: ');
    const errors = await json('run', 'logs', id, '--level', 'error');
    expect(errors).toMatchObject([{ level: 'error', stream: `chart_${DAILY}` }]);
    const retried = await cli('run', 'retry', id, '--follow');
    expect(retried.stdout).toContain(`chart_${DAILY} `);
    expect(retried.stdout).toMatch(/^success: .* of 2 streams$/m);
    expect(retried.code).toBe(0);
  });

  it('cancel ends a run, and whoever follows it ends with 130', async () => {
    service.simulator.setFault(DAILY, { kind: 'hang' });
    const following = startCommand(['source', 'run', 'Marketing', '--follow'], env);
    await following.until('3 streams');
    const [{ id }] = await json('run', 'list');
    const busy = await cli('source', 'run', 'Marketing');
    expect(busy.stderr).toContain(id);
    expect(busy.code).toBe(1);
    const canceled = await cli('run', 'cancel', id);
    expect(canceled).toMatchObject({ code: 0, stdout: `canceling ${id}\n` });
    const { code, stdout } = await following.ended;
    service.simulator.setFault(DAILY, null);
    expect(stdout).toContain('canceled');
    expect(code).toBe(130);
    expect((await cli('run', 'cancel', id)).stdout).toBe(`${id} is canceled\n`);
  });

  it('goes on when whoever follows it has seen enough', async () => {
    service.simulator.setFault(DAILY, { kind: 'hang' });
    const following = startCli(['source', 'run', 'Marketing', '--follow'], env);
    await following.until('3 streams');
    following.kill('SIGINT');
    const { code, stderr } = await following.ended;
    expect(stderr).toMatch(/Nobody watches run run_\w+ any more; it goes on\./);
    expect(code).toBe(130);
    const [{ id, status }] = await json('run', 'list');
    expect(status).toBe('running');
    await cli('run', 'cancel', id);
    service.simulator.setFault(DAILY, null);
    expect(await cli('run', 'logs', id, '--follow')).toMatchObject({ code: 130 });
  });
});
