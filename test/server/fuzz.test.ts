import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IDEMPOTENCY_HEADER } from '../../src/server/idempotent.ts';
import type { ApiDescription } from '../../src/server/reference/api-description.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { type ApiRoute, describedApi, exampleBody, routesOf } from './api-routes.ts';
import { encoded, HOSTILE_TEXTS, hostileBodies } from './hostile-values.ts';
import { serveForTest, type TestAnswer, type TestRequest, type TestServer } from './test-server.ts';

/** Requests at once. */
const AT_ONCE = 8;

let simulator: Simulator;
let server: TestServer;
let api: ApiDescription;
let routes: ApiRoute[];
let known: Known;

/** Ids of things that are there, so that requests get past looking for them. */
interface Known {
  readonly ids: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
}

beforeAll(async () => {
  simulator = await startSimulator({});
  server = await serveForTest({ CHARTLIFT_AMPLITUDE_BASE_URL: simulator.url });
  api = await describedApi(server);
  routes = routesOf(api);
  known = await makeOneOfEach();
}, 60_000);

afterAll(async () => {
  await server.close();
  await simulator.close();
});

async function makeOneOfEach(): Promise<Known> {
  const [project] = simulator.projects;
  const chart = simulator.charts().at(0);
  const validation = await server.request('POST', '/api/v1/validations', {
    json: {
      connector: 'amplitude',
      config: {
        api_key: project?.apiKey ?? '',
        secret_key: project?.secretKey ?? '',
        chart_ids: [chart?.id ?? ''],
      },
    },
  });
  // The stream of events ends with what it tells of.
  await server.request('GET', `/api/v1/validations/${validation.json.id}/events`);
  const stream = `chart_${chart?.id}`;
  const source = await server.request('POST', '/api/v1/sources', {
    json: { validation_id: validation.json.id, name: 'Fuzzed', streams: [{ stream }] },
  });
  const run = await server.request('POST', `/api/v1/sources/${source.json.id}/runs`);
  await server.request('GET', `/api/v1/runs/${run.json.id}/events`);
  const tables = await server.request('GET', '/api/v1/tables');
  const user = await server.request('POST', '/api/v1/users', {
    json: { email: 'fuzzed@example.com', name: 'Fuzzed', role: 'viewer' },
  });
  const tokens = await server.request('GET', '/api/v1/tokens');
  return {
    ids: {
      validations: validation.json.id,
      sources: source.json.id,
      runs: run.json.id,
      users: user.json.id,
      tokens: tokens.json.items[0].id,
      connectors: 'amplitude',
      layers: 'raw',
    },
    params: { ...tables.json.items[0], stream, layer: 'raw', name: stream },
  };
}

/** What is wrong with an answer to something hostile; null if it is as it should be. */
function flawOf({ status, headers, json, text }: TestAnswer): string | null {
  if (status < 400) return null;
  if (status >= 500) return `${status} ${text.slice(0, 200)}`;
  if (headers['content-type'] !== 'application/problem+json') return `no problem: ${status}`;
  if (json?.status !== status || !json.code || !json.detail || !json.help || !json.request_id) {
    return `an incomplete problem: ${text.slice(0, 200)}`;
  }
  return headers['x-injected'] === undefined ? null : 'a header was injected';
}

interface Attempt {
  readonly method: string;
  readonly path: string;
  readonly options: TestRequest;
}

/** Makes all attempts; gives those whose answers are flawed. */
async function flawsOf(attempts: readonly Attempt[]): Promise<string[]> {
  const flaws: string[] = [];
  const queue = attempts.values();
  async function work(): Promise<void> {
    for (const { method, path, options } of queue) {
      const flaw = flawOf(await server.request(method, path, options));
      if (flaw !== null) {
        const sent = JSON.stringify(options.json ?? options.body ?? options.headers ?? '');
        flaws.push(`${method} ${path.slice(0, 120)} ${sent.slice(0, 160)} → ${flaw}`);
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return flaws;
}

/** The path with ids of things that are there. */
function knownPath(path: string): string {
  const noun = path.split('/')[3] ?? '';
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encoded((name === 'id' ? known.ids[noun] : known.params[name]) ?? 'unknown'),
  );
}

/** Whether the operation, tried on what is there, would take it away from the attempts after it. */
function isRemoval({ method, operation }: ApiRoute): boolean {
  return method === 'DELETE' || /^(signOut|changePassword)$/.test(operation.operationId);
}

describe('every route of the API', () => {
  it('refuses hostile bodies with a problem', async () => {
    const attempts = routes.flatMap((route) => {
      const example = exampleBody(route, api);
      if (example === undefined) return [];
      const path = knownPath(route.path);
      return [...hostileBodies(example)].map((json) => ({
        method: route.method,
        path,
        options: { json },
      }));
    });
    expect(attempts.length).toBeGreaterThan(1000);
    expect(await flawsOf(attempts)).toEqual([]);
  }, 300_000);

  it('refuses bodies that are none', async () => {
    const attempts = routes.flatMap(({ method, path, operation }) => {
      if (!operation.requestBody) return [];
      const type = { 'Content-Type': 'application/json' };
      return [
        { body: '', headers: type },
        { body: '{', headers: type },
        { body: '[1,', headers: type },
        { body: `${'['.repeat(5000)}`, headers: type },
        { body: `{"a":"${'x'.repeat(1_100_000)}"}`, headers: type },
        { body: Buffer.from([0xff, 0xfe, 0x00]), headers: type },
        { body: '{}', headers: { 'Content-Type': 'text/plain' } },
        { body: 'a=b', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
        { body: '{}', headers: { 'Content-Type': 'application/json; charset=utf-7' } },
        { body: '{}', headers: { ...type, 'Content-Encoding': 'gzip' } },
        {},
      ].map((options) => ({ method, path: knownPath(path), options }));
    });
    const flaws = await flawsOf(attempts);
    expect(flaws).toEqual([]);
  }, 120_000);

  it('refuses hostile names in paths', async () => {
    const attempts = routes.flatMap((route) => {
      const places = [...route.path.matchAll(/\{\w+\}/g)].map(([place]) => place);
      const json = exampleBody(route, api);
      return places.flatMap((place) =>
        HOSTILE_TEXTS.map((text) => ({
          method: route.method,
          path: knownPath(route.path.replace(place, encoded(text))),
          options: json === undefined ? {} : { json },
        })),
      );
    });
    expect(await flawsOf(attempts)).toEqual([]);
  }, 120_000);

  it('refuses hostile queries and headers', async () => {
    const attempts = routes.flatMap((route) => {
      const json = exampleBody(route, api);
      const options = json === undefined ? {} : { json };
      const path = isRemoval(route) ? route.path.replaceAll(/[{}]/g, '') : knownPath(route.path);
      return (route.operation.parameters ?? []).flatMap(({ in: where, name }) => {
        // The header of every POST is tried once, beside the tests of tokens.
        if (where === 'path' || name === IDEMPOTENCY_HEADER) return [];
        return HOSTILE_TEXTS.map((text) =>
          where === 'query'
            ? { method: route.method, path: `${path}?${name}=${encoded(text)}&${name}=2`, options }
            : {
                method: route.method,
                path,
                options: { ...options, headers: { [name]: asHeader(text) } },
              },
        );
      });
    });
    expect(await flawsOf(attempts)).toEqual([]);
  }, 120_000);

  it('leaves the service as it was', async () => {
    expect((await server.request('GET', '/readyz', { as: 'nobody' })).status).toBe(200);
    const trail = await server.request('GET', '/api/v1/audit?limit=1');
    expect(trail.json.items).toHaveLength(1);
    expect(server.logged()).not.toMatch(/"level":"(error|fatal)"/);
  });
});

/** Headers have no other characters than those of Latin-1, and no line breaks: Node refuses to send them. */
function asHeader(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '~');
}
