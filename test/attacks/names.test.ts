import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routesOf } from '../server/api-routes.ts';
import { send } from '../server/test-server.ts';
import {
  accountOf,
  createSource,
  endOfValidation,
  runToEnd,
  TOKEN,
} from '../service/running-service.ts';
import { type AttackedService, attackedService, DAILY } from './attacked-service.ts';

let service: AttackedService;
let admin: ReturnType<AttackedService['as']>;
let sourceId: string;

beforeAll(async () => {
  service = await attackedService();
  admin = service.as(TOKEN);
  sourceId = (await createSource(service, [DAILY], { name: 'Named' })).id;
  await runToEnd(service, sourceId);
});

afterAll(() => service.stop());

/** Names that lead elsewhere as a path. */
const paths = [
  '..',
  '.',
  '../raw',
  '../../outside',
  '../../../../../../tmp/x',
  '/etc/passwd',
  'raw/../..',
  'raw/chart_x',
  '..\\..\\x',
  'C:\\x',
  '~/x',
  'file:///etc/passwd',
  '%2e%2e%2f',
  '..%2f..%2f',
  '%252e%252e',
  '．．／',
  '_delta_log/../..',
  'x\u0000',
  'x\n',
  'x;rm -rf /',
  '$(id)',
  '`id`',
  '-rf',
  'con.',
];

/** Names that end the text of a statement. */
const injections = [
  `x'; DROP TABLE sources; --`,
  `x"; DROP TABLE sources; --`,
  `x" AS SELECT 1; COPY (SELECT 1) TO '/tmp/x`,
  `x' OR '1'='1`,
  `x') UNION SELECT sealed_secrets FROM sources --`,
  'x`; DELETE FROM users; --',
  '$1',
  '?',
  ':name',
  '\\',
  `\\'; DROP TABLE runs; --`,
  '%',
  '{{7*7}}',
  '#{7*7}',
];

async function filesOf(directory: string): Promise<string[]> {
  return (await readdir(directory, { recursive: true })).sort();
}

describe('names that are paths', () => {
  it('make no layer, table or folder anywhere', async () => {
    const before = await filesOf(service.directory);
    const wrong: string[] = [];
    const expectRefused = async (
      what: string,
      answer: Promise<{ status: number; text: string }>,
    ) => {
      const { status, text } = await answer;
      if (status < 400 || status >= 500 || /root:|secret\.key/.test(text)) {
        wrong.push(`${what}: ${status} ${text.slice(0, 150)}`);
      }
    };
    for (const name of [...paths, ...injections]) {
      const json = { name };
      const inPath = encodeURIComponent(name.toWellFormed());
      await expectRefused(`layer ${name}`, admin('POST', '/layers', { json }));
      await expectRefused(`layer to ${name}`, admin('PATCH', '/layers/service', { json }));
      const table = `/tables/raw/chart_${DAILY}`;
      await expectRefused(`table to ${name}`, admin('PATCH', table, { json }));
      await expectRefused(`table into ${name}`, admin('PATCH', table, { json: { layer: name } }));
      const stream = `/sources/${sourceId}/streams/chart_${DAILY}`;
      await expectRefused(`stream ${name}`, admin('PATCH', stream, { json: { table: name } }));
      await expectRefused(`stream in ${name}`, admin('PATCH', stream, { json: { layer: name } }));
      await expectRefused(
        `prefix ${name}`,
        admin('POST', `/sources/${sourceId}/duplicate`, { json: { prefix: `${name}/` } }),
      );
      if (name === '.' || name === '..') continue;
      for (const place of [`/tables/raw/${inPath}`, `/tables/${inPath}/chart_${DAILY}`]) {
        for (const rest of ['', '/export', '/preview', '/versions', '/statistics', '/removal']) {
          await expectRefused(`GET ${place}${rest}`, admin('GET', place + rest));
        }
        await expectRefused(`DELETE ${place}`, admin('DELETE', `${place}?confirm=x`));
      }
      await expectRefused(`DELETE layer ${name}`, admin('DELETE', `/layers/${inPath}`));
    }
    expect(wrong).toEqual([]);
    expect(await filesOf(service.directory)).toEqual(before);
  });

  it.each([
    '/api/v1/tables/raw/../../../../etc/passwd',
    '/api/docs/../../package.json',
    '/..%2f..%2fetc/passwd',
    '//etc/passwd',
    '/api/v1/../../secret.key',
    '/setup/..%5c..%5csecret.key',
  ])('lead to no file: %s', async (path) => {
    const { status, text } = await send(service.url, 'GET', path, {
      headers: { Authorization: `Bearer ${TOKEN}` },
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).not.toMatch(/root:|"dependencies"/);
  });

  it('are names of folders and no more', async () => {
    const before = await filesOf(join(service.home, 'lake'));
    const layers = before.filter((file) => !file.includes('/'));
    for (const folder of ['../../outside', '/etc', `a'; DROP TABLE x; --`, 'ü "quoted"']) {
      const path = `/tables/raw/chart_${DAILY}`;
      const { status } = await admin('PATCH', path, { json: { folder } });
      expect(status).toBe(200);
      expect((await admin('GET', path)).json.folder).toBe(folder);
      const list = await admin('GET', `/tables?folder=${encodeURIComponent(folder)}`);
      expect(list.json.items).toHaveLength(1);
    }
    const after = await filesOf(join(service.home, 'lake'));
    expect(after.filter((file) => !file.includes('/'))).toEqual(layers);
  });
});

describe('texts that are SQL', () => {
  it('stay texts: names, descriptions, notes', async () => {
    for (const [at, text] of injections.entries()) {
      const name = `${text} ${at}`;
      const stream = `/sources/${sourceId}/streams/chart_${DAILY}`;
      const changed = await admin('PATCH', `/sources/${sourceId}`, {
        json: { name, description: text },
      });
      const noted = await admin('PATCH', stream, { json: { note: text } });
      expect([changed.status, noted.status]).toEqual([200, 200]);
      expect(changed.json).toMatchObject({ name, description: text });
      expect(noted.json.note).toBe(text);
      const found = await admin('GET', `/sources?text=${encodeURIComponent(name)}`);
      expect(found.json.items.map((item: { id: string }) => item.id)).toEqual([sourceId]);
      const sql = await admin('POST', '/sql', {
        json: { query: `SELECT note FROM chartlift.tables WHERE table_name = 'chart_${DAILY}'` },
      });
      expect(sql.json.rows).toEqual([[text]]);
    }
  });

  it('find nothing as filters and cursors, and break nothing', async () => {
    const api = await send(service.url, 'GET', '/api/openapi.json');
    const lists = routesOf(api.json).filter(
      ({ method, path, operation }) =>
        method === 'GET' &&
        !path.includes('{') &&
        operation.parameters?.some((parameter) => parameter.name === 'cursor'),
    );
    expect(lists.length).toBeGreaterThan(4);
    const wrong: string[] = [];
    for (const { path, operation } of lists) {
      for (const { name } of operation.parameters ?? []) {
        for (const text of injections) {
          const url = `${path.replace('/api/v1', '')}?${name}=${encodeURIComponent(text)}`;
          const { status, json } = await admin('GET', url);
          const ok = status === 200 ? Array.isArray(json.items) : status === 400;
          if (!ok) wrong.push(`${url}: ${status}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    for (const text of ['%', '_', '\\', `' OR 1=1 --`]) {
      await admin('PATCH', `/sources/${sourceId}`, { json: { name: 'Plain', description: '' } });
      const { json } = await admin('GET', `/sources?text=${encodeURIComponent(text)}`);
      expect(json.items).toEqual([]);
    }
  });

  it('name no stream, connector, validation or source', async () => {
    for (const text of injections) {
      const answers = await Promise.all([
        admin('POST', '/validations', { json: { connector: text, config: {} } }),
        admin('POST', '/sources', { json: { validation_id: text, name: 'x', streams: [] } }),
        admin('PATCH', `/sources/${sourceId}`, {
          json: { trigger: { type: 'after', source_id: text } },
        }),
        admin('GET', `/sources/${encodeURIComponent(text)}`),
        admin('GET', `/runs/${encodeURIComponent(text)}/log`),
        admin('DELETE', `/sources/${sourceId}/streams/${encodeURIComponent(text)}`),
      ]);
      for (const { status } of answers) expect([400, 404, 422]).toContain(status);
    }
  });
});

describe('texts that are headers', () => {
  it('add none to an export, whatever the table and its source are called', async () => {
    for (const name of ['x"\r\nX-Injected: 1', 'a"; filename="evil.sh', "x'\u2028y"]) {
      await admin('PATCH', `/sources/${sourceId}`, { json: { name } });
      const { headers, status } = await admin(
        'GET',
        `/tables/raw/chart_${DAILY}/export?format=csv`,
      );
      expect(status).toBe(200);
      expect(headers['content-disposition']).toBe(`attachment; filename="chart_${DAILY}.csv"`);
      expect(headers).not.toHaveProperty('x-injected');
    }
    const forged = encodeURIComponent('x\r\nX-Injected: 1');
    for (const path of [
      `/tables/raw/${forged}/export`,
      `/tables/raw/chart_${DAILY}/export?format=${forged}`,
      `/sources/${forged}`,
      `/sources?cursor=${forged}`,
    ]) {
      expect((await admin('GET', path)).headers).not.toHaveProperty('x-injected');
    }
  });

  it('add no event to a stream of events', async () => {
    const { body } = await service.api('POST', '/validations', {
      connector: 'amplitude',
      config: { ...accountOf(service.simulator, [DAILY]), region: 'us' },
    });
    await endOfValidation(service.api, body.id);
    const events = await service.api('GET', `/validations/${body.id}/events`);
    for (const line of String(events.body)
      .split('\n')
      .filter((text) => text !== '')) {
      expect(line).toMatch(/^(id: \d+|event: (check|ended)|data: [{].*[}])$/);
    }
  });
});

describe('keys of a prototype', () => {
  const bodies = [
    ['POST', '/validations', '{"connector":"amplitude","config":{"__proto__":{"api_key":"x"}}}'],
    ['POST', '/validations', '{"connector":"amplitude","config":{"constructor":"x"}}'],
    ['POST', '/validations', '{"connector":"constructor","config":{}}'],
    ['POST', '/validations', '{"connector":"__proto__","config":{}}'],
    ['POST', '/sql', '{"query":"SELECT 1","versions":{"__proto__":{"x":1}}}'],
    ['POST', '/sql', '{"query":"SELECT 1","versions":{"constructor":1}}'],
    ['POST', '/tokens', '{"name":"x","role":"viewer","__proto__":{"role":"admin"}}'],
    ['POST', '/tokens', '{"name":"x","role":"__proto__"}'],
    ['POST', '/tokens', '{"name":"x","role":"constructor"}'],
    ['POST', '/triggers/preview', '{"trigger":{"type":"__proto__"}}'],
    ['POST', '/triggers/preview', '{"trigger":{"__proto__":{"type":"manual"}}}'],
    ['POST', '/layers', '{"name":"__proto__","constructor":{"prototype":{"polluted":1}}}'],
    ['POST', '/layers', '{"__proto__":{"name":"polluted_layer"}}'],
  ] as const;

  it.each(bodies)('reach nothing: %s %s %s', async (method, path, body) => {
    const { status, json } = await admin(method, path, {
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    expect(status === 200 ? json.rows : status).toBeOneOf([[[1]], 400, 404, 422]);
    expect({}).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('api_key');
    expect({}).not.toHaveProperty('role');
  });
});

it('after all this the service is whole', async () => {
  const { json } = await admin('GET', '/sources');
  expect(json.items).toHaveLength(1);
  expect((await runToEnd(service, sourceId)).status).toBe('success');
  expect(service.log.filter((line) => /"level":"(error|fatal)"/.test(line))).toEqual([]);
  expect(await readFile(join(service.home, 'secret.key'), 'utf8')).not.toBe('');
});
