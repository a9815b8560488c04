import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupHome } from '../../src/service/backup.ts';
import { DEMO_PROJECTS } from '../../src/simulator/project.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { startCli, startServing } from '../cli/cli-process.ts';
import { routesOf } from '../server/api-routes.ts';
import { send } from '../server/test-server.ts';
import { createSource, endOfValidation, runToEnd, TOKEN } from '../service/running-service.ts';
import {
  type AttackedService,
  attackedService,
  DAILY,
  PASSWORD,
  tokenOf,
  userOf,
} from './attacked-service.ts';

const API_KEY = 'a77ac4ed0api0key0000000000000001';
const SECRET_KEY = '5ec2e7a77ac4ed000000000000000002';
/** Wrong keys are somebody's keys, too. */
const WRONG_SECRET = 'w20n95ec2e7w20n95ec2e70000000003';
const PASTED_KEY = 'deadbeefdeadbeefdeadbeefdead0004';
const FAILING = 'd3l3t3d0';

let simulator: Simulator;
let service: AttackedService;
let admin: ReturnType<AttackedService['as']>;
/** Everything that must not be seen, by what it is. */
const secrets = new Map<string, string>();
/** Everything that somebody can see, by where. */
const seen = new Map<string, string | Buffer>();

beforeAll(async () => {
  const projects = DEMO_PROJECTS.map((project) =>
    project.id === 'shop' ? { ...project, apiKey: API_KEY, secretKey: SECRET_KEY } : project,
  );
  simulator = await startSimulator({ projects });
  service = await attackedService({ simulator });
  admin = service.as(TOKEN);
  const user = await userOf(service, 'admin', 'secretive');
  const token = await tokenOf(service, 'viewer');
  const source = await createSource(service, [DAILY, FAILING]);
  const run = await runToEnd(service, source.id);
  // What fails says why, and must not say too much.
  const wrong = await admin('POST', '/validations', {
    json: {
      connector: 'amplitude',
      config: { api_key: API_KEY, secret_key: WRONG_SECRET, chart_ids: DAILY },
    },
  });
  await endOfValidation(service.api, wrong.json.id);
  const refused = await Promise.all([
    admin('POST', '/validations', {
      json: {
        connector: 'amplitude',
        config: { api_key: API_KEY, secret_key: WRONG_SECRET, chart_ids: PASTED_KEY, more: 'x' },
      },
    }),
    admin('POST', '/validations', {
      json: { connector: 'amplitude', config: { api_key: [API_KEY], secret_key: SECRET_KEY } },
    }),
    admin('POST', '/validations', {
      body: `{"connector":"amplitude","config":{"api_key":"${API_KEY}",`,
      headers: { 'Content-Type': 'application/json' },
    }),
    service.ask('POST', '/session', { json: { email: 'x', password: PASSWORD } }),
    service.ask('GET', '/session', { headers: { Authorization: `Bearer ${token}x` } }),
    service.ask('GET', `/nothing?token=${token}`, { headers: { Cookie: user.cookie } }),
    user.ask('PUT', '/session/password', {
      json: { current_password: PASSWORD, new_password: 'short' },
    }),
  ]);
  for (const [at, { text, headers }] of refused.entries()) {
    seen.set(`refusal ${at}`, text + JSON.stringify(headers));
  }
  // Runs fail, too: keys that worked once and do no more.
  simulator.setFault(DAILY, { kind: 'html' });
  const failed = await runToEnd(service, source.id);
  simulator.setFault(DAILY, null);

  // The database knows the number of a session; only the signature makes a cookie of it.
  const [, signature = ''] = decodeURIComponent(user.cookie).split('.');
  for (const [what, secret] of Object.entries({
    API_KEY,
    SECRET_KEY,
    WRONG_SECRET,
    PASTED_KEY,
    PASSWORD,
    token,
    environment: TOKEN,
    'session signature': signature,
    basic: Buffer.from(`${API_KEY}:${SECRET_KEY}`).toString('base64'),
    'setup link': service.running.setupLink?.split('#token=')[1] ?? 'none',
  })) {
    secrets.set(what, secret);
  }
  await look([source.id, run.id, failed.id, wrong.json.id, user.id]);
}, 60_000);

afterAll(async () => {
  await service.stop();
  await simulator.close();
});

/** Asks every operation that reads, about everything there is. */
async function look(ids: readonly string[]): Promise<void> {
  const [sourceId = '', runId = '', failedId = '', validationId = '', userId = ''] = ids;
  const known: Readonly<Record<string, readonly string[]>> = {
    sources: [sourceId],
    runs: [runId, failedId],
    validations: [validationId],
    users: [userId],
    connectors: ['amplitude'],
  };
  const api = await send(service.url, 'GET', '/api/openapi.json');
  for (const { method, path } of routesOf(api.json)) {
    if (method !== 'GET') continue;
    for (const id of known[path.split('/')[3] ?? ''] ?? ['x']) {
      const filled = path
        .replace('/api/v1', '')
        .replace('{layer}', 'raw')
        .replace('{name}', path.includes('connectors') ? 'amplitude' : `chart_${DAILY}`)
        .replaceAll(/\{\w+\}/g, id);
      const { text, headers } = await admin('GET', filled);
      seen.set(`GET ${filled}`, text + JSON.stringify(headers));
    }
  }
  for (const path of ['/metrics', '/api/docs', '/api/openapi.json', '/readyz', '/healthz']) {
    const { text } = await send(service.url, 'GET', path, {
      headers: { Authorization: `Bearer ${TOKEN}` },
    });
    seen.set(path, text);
  }
  for (const table of ['runs', 'stream_results', 'tables']) {
    const query = `FROM chartlift.${table}`;
    const { text, status } = await admin('POST', '/sql/export', {
      json: { query, format: 'jsonl' },
    });
    expect(status).toBe(200);
    seen.set(query, text);
  }
}

/** The secrets that can be found in a place, in any of the ways to write them. */
function found(content: string | Buffer): string[] {
  const bytes = Buffer.from(content);
  return [...secrets]
    .filter(([, secret]) => {
      const plain = Buffer.from(secret);
      const spellings = [
        plain,
        plain.toString('hex'),
        plain.toString('base64').replace(/.?=*$/, ''),
        plain.toString('utf16le'),
        encodeURIComponent(secret),
        [...secret].reverse().join(''),
      ];
      return spellings.some((spelling) => bytes.includes(spelling));
    })
    .map(([what]) => what);
}

/** Every file below a directory. */
async function filesOf(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
}

describe('secrets are not in', () => {
  it('anything that this test would not find', () => {
    expect(secrets.size).toBe(10);
    expect([...secrets.values()].filter((secret) => secret.length < 20)).toEqual([]);
    const sample = JSON.stringify({ a: API_KEY, b: Buffer.from(SECRET_KEY).toString('base64') });
    expect(found(sample)).toEqual(['API_KEY', 'SECRET_KEY']);
  });

  it('any answer, page, event or fact of the service', () => {
    expect(seen.size).toBeGreaterThan(35);
    const shown = [...seen].flatMap(([where, text]) =>
      found(text).map((secret) => `${secret} in ${where}`),
    );
    expect(shown).toEqual([]);
  });

  it('the log, at its most talkative', () => {
    expect(service.log.length).toBeGreaterThan(30);
    expect(service.log.some((line) => line.includes('"level":"debug"'))).toBe(true);
    expect(found(service.log.join('\n'))).toEqual([]);
  });

  it('the data folder: database, its log, lake', async () => {
    const files = await filesOf(service.home);
    expect(files.some((file) => file.endsWith('chartlift.db'))).toBe(true);
    expect(files.some((file) => file.endsWith('.parquet'))).toBe(true);
    for (const file of files) expect([file, found(await readFile(file))]).toEqual([file, []]);
  });

  it('a backup, whose database its keys alone can open', async () => {
    const directory = join(service.directory, 'backup');
    await backupHome({ home: service.home, lake: join(service.home, 'lake'), directory });
    for (const file of await filesOf(directory)) {
      expect([file, found(await readFile(file))]).toEqual([file, []]);
    }
    expect((await stat(join(directory, 'secret.key'))).mode & 0o077).toBe(0);
    const key = (await readFile(join(directory, 'secret.key'), 'utf8')).match(/[\w+/=-]{40,}/g);
    const database = await readFile(join(directory, 'chartlift.db'));
    expect(key?.length).toBeGreaterThan(0);
    expect(key?.filter((text) => database.includes(text))).toEqual([]);
  });

  it('the exported configuration, or what else the command line shows', async () => {
    const env = { CHARTLIFT_URL: service.url, CHARTLIFT_TOKEN: TOKEN };
    const { json } = await admin('GET', '/sources');
    const commands = [
      ['export'],
      ['source', 'show', json.items[0].id, '--json'],
      ['run', 'list', '--json'],
    ];
    const shown = await Promise.all(commands.map((args) => startCli(args, env).ended));
    expect(shown.map(({ code }) => code)).toEqual([0, 0, 0]);
    for (const { stdout, stderr } of shown) expect(found(stdout + stderr)).toEqual([]);
    expect(shown[0]?.stdout).toContain('${');
  });

  it('modes of files that others could read', async () => {
    for (const name of ['secret.key', 'chartlift.db']) {
      expect([name, (await stat(join(service.home, name))).mode & 0o007]).toEqual([name, 0]);
    }
    expect((await stat(service.home)).mode & 0o077).toBe(0);
  });
});

it('the list of processes shows no secret, and no child inherits one', async () => {
  const { process, url } = await startServing({
    CHARTLIFT_HOME: join(service.directory, 'other'),
    CHARTLIFT_API_TOKEN: TOKEN,
    CHARTLIFT_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    CHARTLIFT_AMPLITUDE_BASE_URL: simulator.url,
  });
  try {
    const { pid } = process;
    const ask = (path: string, json: unknown) =>
      send(url, 'POST', `/api/v1${path}`, { json, headers: { Authorization: `Bearer ${TOKEN}` } });
    const validation = await ask('/validations', {
      connector: 'amplitude',
      config: { api_key: API_KEY, secret_key: SECRET_KEY, chart_ids: DAILY },
    });
    expect(validation.status).toBe(202);
    expect((await ask('/sql', { query: 'SELECT 1' })).status).toBe(200);
    expect(found(await readFile(`/proc/${pid}/cmdline`))).toEqual([]);
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    expect(children.trim()).toBe('');
    const environment = String(await readFile(`/proc/${pid}/environ`));
    expect(found(environment)).toEqual(['environment']);
  } finally {
    process.kill('SIGKILL');
  }
});
