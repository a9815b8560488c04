import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { VERSION } from '../../src/version.ts';
import { temporaryDirectory } from '../sync/lake-fixture.ts';
import { runCommand } from './cli-in-process.ts';
import { runCli, SHOP_KEYS, startCli } from './cli-process.ts';

const DAILY = 'q7m2xk4p';
const COUNTRIES = 'g4n8wl3r';
const DELETED = 'd3l3t3d0';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ now: () => Date.UTC(2026, 5, 15, 12) });
});
afterAll(() => simulator.close());

const to = (...charts: readonly string[]) => ['--base-url', simulator.url, '--chart', ...charts];

describe('help', () => {
  it('lists the commands', async () => {
    const { code, stdout } = await runCommand(['--help'], {});
    expect(code).toBe(0);
    for (const name of COMMANDS) expect(stdout).toContain(`\n  ${name}`);
  });

  const COMMANDS = [
    'check',
    'discover',
    'preview',
    'sync',
    'tables',
    'history',
    'sql',
    'vacuum',
    'serve',
    'source',
    'run',
    'apply',
    'export',
    'backup',
    'secrets',
    'simulate',
  ];

  it.each(COMMANDS)('of %s ends with an example', async (name) => {
    const { code, stdout } = await runCommand([name, '--help'], {});
    expect(code).toBe(0);
    expect(stdout).toContain(`Example:\n  chartlift ${name}`);
  });

  it('prints the version', async () => {
    expect(await runCli(['--version'], {})).toMatchObject({ code: 0, stdout: `${VERSION}\n` });
  });
});

describe('wrong usage', () => {
  it.each([
    [['sync', '--chrat', 'x', '--lake', 'l'], 'Did you mean --chart?'],
    [['snyc'], 'Did you mean sync?'],
    [['sync', '--chart', 'x', '--lak', 'l'], 'Did you mean --lake?'],
    [['sync', '--chart', 'x'], 'chartlift sync needs --lake <dir>: directory of the lake; made if'],
    [['tables'], 'Add it; "chartlift tables --help" shows an example.'],
    [['source', 'create'], 'chartlift source create needs --name <name>: name of the source.'],
    [['sync', '--chart', 'x', '--lake'], 'argument missing'],
    [['tables', '--lake', 'l', 'more'], 'too many arguments'],
    [['simulate', '--port', 'x'], 'It must be a whole number.'],
    [['sql', '--lake', 'l', '--format', 'xml', 'SELECT 1'], 'Allowed choices are table, json'],
    [['check'], 'No chart is named.'],
    [['check', '--chart', 'https://app.amplitude.com/analytics/a/dashboard/abc'], 'dashboard'],
    [['check', '--chart', 'x', '--region', 'mars'], 'region'],
    [['check', '--chart', 'x', '--base-url', 'http://example.com'], 'not https'],
    [['check', '--charts-file', '/nowhere/charts'], 'The file /nowhere/charts cannot be read.'],
    [['tables', '--lake', '/nowhere/lake'], '/nowhere/lake'],
    [['history', '--lake', '/nowhere/lake', 'nodot'], 'layer.table'],
  ])('%j ends with 2 and says what to do', async (args, message) => {
    const { code, stdout, stderr } = await runCommand(args);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('without keys says where to find them', async () => {
    const { code, stderr } = await runCommand(['check', '--chart', 'abc123'], {});
    expect(code).toBe(2);
    expect(stderr).toContain('There is no Amplitude API key and no secret key.');
    expect(stderr).toContain('Settings > Organization settings > API Keys');
  });

  it('without any command shows the help', async () => {
    const { code, stderr } = await runCli([], {});
    expect(code).toBe(2);
    expect(stderr).toContain('Usage: chartlift');
  });
});

describe('check, discover and preview', () => {
  it('say what each chart is, and end with 0 where all is well', async () => {
    const { code, stdout } = await runCommand(['check', ...to(DAILY, COUNTRIES)]);
    expect(stdout).toContain('✓ credentials: accepted');
    expect(stdout).toContain(`✓ chart_${COUNTRIES}: Buyers by country · Country · 300 records`);
    expect(code).toBe(0);
  });

  it('say what is wrong with a chart, and end with 1', async () => {
    const { code, stdout } = await runCommand(['check', ...to(DAILY, DELETED)]);
    expect(stdout).toContain(`✗ chart_${DELETED}: `);
    expect(stdout).toContain('Check the id');
    expect(code).toBe(1);
  });

  it.each([
    ['AMPLITUDE_SECRET_KEY', 'secret_key_wrong'],
    ['AMPLITUDE_API_KEY', 'api_key_unknown'],
  ])('end with 3 where %s is refused', async (name, expected) => {
    const { code, stdout } = await runCommand(['check', '--json', ...to(DAILY)], {
      ...SHOP_KEYS,
      [name]: 'wrong',
    });
    expect(JSON.parse(stdout)).toMatchObject([
      { stream: null, ok: false, error: { code: expected } },
    ]);
    expect(code).toBe(3);
  });

  it('list streams and columns without a request', async () => {
    const { code, stdout } = await runCommand(['discover', '--chart', 'abc123']);
    expect(code).toBe(0);
    expect(stdout).toContain('chart_abc123  FULL_TABLE');
    expect(stdout).toMatch(/dimension_value +string +key/);
    expect(stdout).toContain('charts_metadata  FULL_TABLE');
  });

  it('preview rows, metadata and warnings, and write nothing', async () => {
    const { code, stdout } = await runCommand(['preview', ...to(COUNTRIES, 'h0d1only')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/title +Buyers by country/);
    expect(stdout).toContain('… and 290 more');
    expect(stdout).toContain('warning The report has a header but no rows');
  });

  it('take charts from a file and keys from a configuration', async () => {
    const directory = await temporaryDirectory();
    const charts = join(directory, 'charts.txt');
    const config = join(directory, 'config.yaml');
    await writeFile(
      charts,
      `# our charts\n${DAILY}  # daily\n\nhttps://app.amplitude.com/analytics/acme/chart/${COUNTRIES}\n`,
    );
    await writeFile(
      config,
      `api_key: ${SHOP_KEYS['AMPLITUDE_API_KEY']}\nsecret_key: ${SHOP_KEYS['AMPLITUDE_SECRET_KEY']}\nbase_url: ${simulator.url}\n`,
    );
    const { code, stdout } = await runCommand(
      ['check', '--json', '--charts-file', charts, '--config', config],
      {},
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout).map((result: { stream: string }) => result.stream)).toEqual(
      expect.arrayContaining([null, `chart_${DAILY}`, `chart_${COUNTRIES}`]),
    );
  });

  it('refuse a configuration with an unknown member, and never quote a key', async () => {
    const config = join(await temporaryDirectory(), 'config.json');
    await writeFile(config, '{"api_key": "k-very-secret", "secretkey": "s-very-secret"}');
    const { code, stderr } = await runCommand(['check', '--chart', 'x', '--config', config], {});
    expect(code).toBe(2);
    expect(stderr).toContain('secretkey');
    expect(stderr).not.toContain('very-secret');
  });
});

describe('sync', () => {
  it('prints one JSON document, with progress on stderr', async () => {
    const lake = join(await temporaryDirectory(), 'lake');
    const { code, stdout, stderr } = await runCli([
      'sync',
      '--json',
      '--lake',
      lake,
      '--folder',
      'f',
      '--prefix',
      'web_',
      ...to(COUNTRIES, DELETED),
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain(`chart_${COUNTRIES}: 300 rows → raw.web_chart_${COUNTRIES} version 0`);
    expect(JSON.parse(stdout)).toEqual({
      run_id: expect.stringMatching(/^\d{8}-\d{6}-[0-9a-f]{6}$/),
      status: 'partial',
      streams: [
        {
          stream: `chart_${COUNTRIES}`,
          table: `raw.web_chart_${COUNTRIES}`,
          title: 'Buyers by country',
          status: 'success',
          rows: 300,
          version: 0,
          duration_ms: expect.any(Number),
          attempts: 1,
          warnings: [],
          error: null,
        },
        {
          stream: `chart_${DELETED}`,
          table: `raw.web_chart_${DELETED}`,
          title: null,
          status: 'failed',
          rows: null,
          version: null,
          duration_ms: expect.any(Number),
          attempts: 1,
          warnings: [],
          error: {
            code: 'chart_not_found',
            message: expect.stringContaining(DELETED),
            help: expect.stringContaining('Check the id'),
          },
        },
        expect.objectContaining({ stream: 'charts_metadata', status: 'success', rows: 2 }),
      ],
    });
  });

  it('prints a summary for people, then tables, history and SQL show what is there', async () => {
    const lake = join(await temporaryDirectory(), 'lake');
    const first = await runCommand([
      'sync',
      '--lake',
      lake,
      '--folder',
      'marketing',
      ...to(DAILY, COUNTRIES),
    ]);
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('success: 3 new of 3 streams');
    simulator.restate(COUNTRIES);
    const second = await runCommand([
      'sync',
      '--lake',
      lake,
      '--folder',
      'marketing',
      ...to(DAILY, COUNTRIES),
    ]);
    expect(second.stdout).toContain('success: 1 new, 2 unchanged of 3 streams');

    const tables = await runCommand(['tables', '--lake', lake]);
    expect(tables.stdout).toMatch(
      new RegExp(`raw.chart_${COUNTRIES} +marketing +300 .* 1 +just now +Buyers by country`),
    );
    const history = await runCommand([
      'history',
      '--lake',
      lake,
      '--json',
      `raw.chart_${COUNTRIES}`,
    ]);
    expect(JSON.parse(history.stdout)).toMatchObject([
      { version: 1, rows: 300, change: { added: 0, removed: 0 }, run_id: expect.any(String) },
      { version: 0, rows: 300, change: { added: 300, removed: 0, changed: 0 } },
    ]);

    const sum = `SELECT sum(value) AS total FROM raw.chart_${COUNTRIES}`;
    const now = await runCommand(['sql', '--lake', lake, '--format', 'json', sum]);
    const before = await runCommand([
      'sql',
      '--lake',
      lake,
      '--format',
      'json',
      '--version-of',
      `raw.chart_${COUNTRIES}=0`,
      sum,
    ]);
    expect(JSON.parse(now.stdout)).toEqual([{ total: expect.any(Number) }]);
    expect(JSON.parse(before.stdout)).not.toEqual(JSON.parse(now.stdout));
  });

  it('refuses an unknown layer before it requests anything', async () => {
    const lake = join(await temporaryDirectory(), 'lake');
    const requests = simulator.stats().requests;
    const { code, stderr } = await runCommand([
      'sync',
      '--lake',
      lake,
      '--layer',
      'gold',
      ...to(DAILY),
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('Choose one of raw, trusted, service');
    expect(simulator.stats().requests).toBe(requests);
  });

  it('refuses to make a lake where a file is', async () => {
    const file = join(await temporaryDirectory(), 'file');
    await writeFile(file, '');
    const { code, stderr } = await runCommand(['sync', '--lake', file, ...to(DAILY)]);
    expect(code).toBe(2);
    expect(stderr).toContain('is a file, and a lake is a directory');
  });

  it('refuses a stream that is not there, naming those that are', async () => {
    const { code, stderr } = await runCommand([
      'sync',
      '--lake',
      'l',
      '--stream',
      'chart_x',
      ...to(DAILY),
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain(`Choose from: chart_${DAILY}, charts_metadata.`);
  });

  it('ends with 3 where the keys are refused', async () => {
    const lake = join(await temporaryDirectory(), 'lake');
    const { code, stdout } = await runCli(['sync', '--lake', lake, ...to(DAILY)], {
      ...SHOP_KEYS,
      AMPLITUDE_SECRET_KEY: 'wrong',
    });
    expect(code).toBe(3);
    expect(stdout).toContain('failed: 2 failed of 2 streams');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('stops cleanly on %s with 130', async (signal) => {
    const lake = join(await temporaryDirectory(), 'lake');
    const cli = startCli(['sync', '--json', '--lake', lake, ...to(COUNTRIES, 'xhang6zz')]);
    await cli.until(`chart_${COUNTRIES}: 300 rows`);
    cli.kill(signal);
    const { code, stdout } = await cli.ended;
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'partial',
      streams: [
        { status: 'success' },
        { status: 'failed', error: { code: 'interrupted' } },
        { status: 'failed', error: { code: 'interrupted' } },
      ],
    });
    expect(await readdir(join(lake, '.chartlift', 'staging'))).toEqual([]);
  });

  it('never shows the keys, whatever it prints or writes', async () => {
    const lake = join(await temporaryDirectory(), 'lake');
    const { stdout, stderr } = await runCli([
      'sync',
      '--lake',
      lake,
      ...to(DAILY, 'xhtml10p', DELETED),
    ]);
    const log = await readFile(
      join(lake, 'raw', `chart_${DAILY}`, '_delta_log', `${'0'.repeat(20)}.json`),
      'utf8',
    );
    for (const secret of Object.values(SHOP_KEYS))
      expect(stdout + stderr + log).not.toContain(secret);
  });
});

describe('sql', () => {
  let directory: string;
  let lake: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'chartlift-test-'));
    lake = join(directory, 'lake');
    await runCommand(['sync', '--lake', lake, ...to(DAILY)]);
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('prints rows in every format', async () => {
    const query = "SELECT 'a,\"b' AS text, 1.5 AS number, NULL AS nothing, [1, 2] AS list";
    const print = async (format: string) =>
      (await runCommand(['sql', '--lake', lake, '--format', format, query])).stdout;
    expect(await print('json')).toBe(
      '[\n  {"text":"a,\\"b","number":1.5,"nothing":null,"list":[1,2]}\n]\n',
    );
    expect(await print('ndjson')).toBe(
      '{"text":"a,\\"b","number":1.5,"nothing":null,"list":[1,2]}\n',
    );
    expect(await print('csv')).toBe('text,number,nothing,list\r\n"a,""b",1.5,,"[1,2]"\r\n');
    expect(await print('table')).toBe(
      'text  number  nothing  list\na,"b     1.5     NULL  [1,2]\n',
    );
    expect(
      (await runCommand(['sql', '--lake', lake, '--format', 'json', 'SELECT 1 WHERE false']))
        .stdout,
    ).toBe('[]\n');
  });

  it('reads the query from standard input', async () => {
    const { stdout } = await runCli(
      ['sql', '--lake', lake, '--format', 'csv', '-'],
      {},
      'SELECT 42 AS n',
    );
    expect(stdout).toBe('n\r\n42\r\n');
  });

  it('refuses to write, and says where a query is wrong', async () => {
    const write = await runCommand(['sql', '--lake', lake, "COPY (SELECT 1) TO 'x.csv'"]);
    expect(write.code).toBe(2);
    const wrong = await runCommand(['sql', '--lake', lake, 'SELECT valu FROM raw.charts_metadata']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('valu');
    const unknown = await runCommand([
      'sql',
      '--lake',
      lake,
      '--version-of',
      `raw.chart_${DAILY}=7`,
      `FROM raw.chart_${DAILY}`,
    ]);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('7');
  });
});

describe('simulate', () => {
  it('prints keys and charts, answers, and ends when it is interrupted', async () => {
    const cli = startCli(['simulate', '--port', '0'], {});
    await cli.until('Ctrl-C ends it.');
    cli.kill('SIGINT');
    const { code, stdout } = await cli.ended;
    expect(code).toBe(0);
    expect(stdout).toContain(
      'export AMPLITUDE_API_KEY=demo-api-key AMPLITUDE_SECRET_KEY=demo-secret-key',
    );
    expect(stdout).toContain(COUNTRIES);
    expect(stdout).toMatch(/chartlift sync --base-url http:\/\/127\.0\.0\.1:\d+/);
  });
});
