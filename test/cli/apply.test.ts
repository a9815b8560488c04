import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServiceUnderTest, startForTest, TOKEN } from '../service/running-service.ts';
import { runCommand } from './cli-in-process.ts';
import { runCli, SHOP_KEYS } from './cli-process.ts';

const DAILY = 'q7m2xk4p';
const NEW_USERS = 'w5k8zn1d';
const COUNTRIES = 'g4n8wl3r';
/** `${NAME}` in a file of sources. */
const ref = (name: string) => `\${${name}}`;

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

beforeAll(async () => {
  const args = ['source', 'create', '--name', 'Marketing', '--description', 'Buyers'];
  const made = await cli(...args, '--chart', DAILY, NEW_USERS, '--folder', 'marketing');
  expect(made.stdout).toContain('created Marketing');
});

describe('apply and export', () => {
  const path = (name: string) => join(directory, name);

  it('make a service like a file, and find nothing to do then', async () => {
    const file = path('sources.yaml');
    const exported = await cli('export', file);
    expect(exported.stderr).toContain(`1 source written to ${file}`);
    const before = await readFile(file, 'utf8');
    expect(before).toContain(`secret_key: ${ref('AMPLITUDE_SECRET_KEY')}`);
    const same = await runCommand(['apply', file], { ...env, AMPLITUDE_API_KEY: '' });
    expect(same.stdout).toContain('Nothing to do');
    expect(same.code).toBe(0);
    expect((await cli('export')).stdout).toBe(before);

    const wanted = `${before
      .replace('description: Buyers', 'description: Buyers of the shop')
      .replace(/table: chart_w5k8zn1d/, 'table: new_users\n        note: For the weekly report.')
      .replace(`        - ${DAILY}\n`, `        - ${DAILY}\n        - ${COUNTRIES}\n`)
      .replace('    streams:\n', `    streams:\n      - stream: chart_${COUNTRIES}\n`)}
  - name: Later
    config:
      api_key: \${SHOP_KEY}
      secret_key: \${SHOP_SECRET}
      chart_ids: [${COUNTRIES}]
    prefix: later_
    trigger: { type: after, source: Marketing }
    streams:
      - stream: chart_${COUNTRIES}
      - { stream: charts_metadata, selected: false, note: Not yet. }
`;
    await writeFile(file, wanted);
    const missing = await cli('apply', file, '--yes');
    expect(missing.stderr).toContain('The environment has no SHOP_KEY, SHOP_SECRET.');
    expect(missing.code).toBe(2);

    const whole = {
      ...env,
      SHOP_KEY: SHOP_KEYS['AMPLITUDE_API_KEY'] ?? '',
      SHOP_SECRET: SHOP_KEYS['AMPLITUDE_SECRET_KEY'] ?? '',
    };
    const plan = await runCommand(['apply', file, '--dry-run'], whole);
    expect(plan.stdout).toBe(`~ update Marketing
    description: "Buyers" → "Buyers of the shop"
    + chart_${COUNTRIES} → raw.chart_${COUNTRIES}
    ~ chart_w5k8zn1d  table: "chart_w5k8zn1d" → "new_users", note: "" → "For the weekly report."
+ create Later
    region: "us"
    trigger: after Marketing
    + chart_${COUNTRIES} → raw.later_chart_${COUNTRIES}
Plan: 1 to create, 1 to update, 0 to delete, 0 unchanged.
`);
    const unasked = await runCommand(['apply', file], whole);
    expect(unasked.stderr).toContain('Run it again with --yes');
    expect(unasked.code).toBe(2);

    // In a process of its own, as a user has it.
    const applied = await runCli(['apply', file, '--yes'], whole);
    expect(applied.stdout).toContain('✓ updated Marketing\n✓ created Later\n');
    expect(applied.code).toBe(0);
    const again = await runCommand(['apply', file, '--yes'], whole);
    expect(again.stdout).toContain('Nothing to do');
    expect(again.code).toBe(0);

    await cli('export', file);
    const after = await readFile(file, 'utf8');
    expect(after).toContain(`api_key: ${ref('SHOP_KEY')}`);
    expect(after).toContain(`api_key: ${ref('AMPLITUDE_API_KEY')}`);
    expect(after).toContain('note: Not yet.');
    expect((await cli('apply', file)).stdout).toContain('Nothing to do');
  });

  it('replace keys where told, and end with 3 where those are refused', async () => {
    const file = path('keys.yaml');
    await cli('export', file);
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text
        .replaceAll(/\$\{\w+_API_KEY\}/g, ref('KEY'))
        .replaceAll(/\$\{\w+_SECRET_KEY\}/g, ref('SECRET')),
    );
    const good = {
      ...env,
      KEY: SHOP_KEYS['AMPLITUDE_API_KEY'] ?? '',
      SECRET: SHOP_KEYS['AMPLITUDE_SECRET_KEY'] ?? '',
    };
    const done = await runCommand(['apply', file, '--yes', '--credentials', '--json'], good);
    expect(JSON.parse(done.stdout)).toMatchObject({
      applied: true,
      plan: [
        { action: 'update', credentials: true },
        { action: 'update', credentials: true },
      ],
      results: [{ ok: true }, { ok: true }],
    });
    const bad = await runCommand(['apply', file, '--yes', '--credentials'], {
      ...good,
      SECRET: 'wrong',
    });
    expect(bad.stdout).toContain('✗ not updated: Later');
    expect(bad.code).toBe(3);
  });

  it('delete what the file does not name only where told', async () => {
    const file = path('none.yaml');
    await writeFile(file, 'version: 1\nsources: []\n');
    const kept = await cli('apply', file, '--yes');
    expect(kept.stdout).toContain('not in the file: Later, Marketing');
    const pruned = await cli('apply', file, '--yes', '--prune');
    expect(pruned.stdout).toContain('✓ deleted Later\n✓ deleted Marketing\n');
    expect(pruned.code).toBe(0);
    expect(await json('source', 'list')).toEqual([]);
  });

  it('go on with other sources where one fails', async () => {
    const file = path('some.yaml');
    await writeFile(
      file,
      `version: 1
sources:
  - name: Bad
    config: &shop
      api_key: \${AMPLITUDE_API_KEY}
      secret_key: \${AMPLITUDE_SECRET_KEY}
      chart_ids: [${DELETED}]
  - name: After bad
    config: { <<: *shop, chart_ids: [${COUNTRIES}] }
    trigger: { type: after, source: Bad }
  - name: Good
    config: { <<: *shop, chart_ids: [${DAILY}] }
`,
    );
    const { code, stdout } = await cli('apply', file, '--yes');
    expect(stdout).toContain('✗ not created: Bad');
    expect(stdout).toContain('✗ not created: After bad\n  Bad, which it runs after, is not there.');
    expect(stdout).toContain('✓ created Good');
    expect(code).toBe(1);
  });

  it('do not write over what is something else', async () => {
    const file = path('notes.txt');
    await writeFile(file, 'my notes');
    const { code, stderr } = await cli('export', file);
    expect(stderr).toContain('is no file of sources');
    expect(code).toBe(2);
    expect(await readFile(file, 'utf8')).toBe('my notes');
  });
});
