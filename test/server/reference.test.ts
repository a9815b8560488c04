import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiDescription } from '../../src/server/reference/api-description.ts';
import { type ApiRoute, describedApi, routesOf } from './api-routes.ts';
import { serveForTest, type TestServer } from './test-server.ts';

let server: TestServer;
let api: ApiDescription;
let routes: ApiRoute[];
let page: string;

beforeAll(async () => {
  server = await serveForTest();
  api = await describedApi(server);
  routes = routesOf(api);
  page = (await server.request('GET', '/api/docs', { as: 'nobody' })).text;
});

afterAll(() => server.close());

/** Every object in a value of JSON, with where it stands. */
function* objectsIn(value: unknown, at = ''): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [at, { ...value }];
  for (const [name, inner] of Object.entries(value)) yield* objectsIn(inner, `${at}/${name}`);
}

describe('the description (OpenAPI 3.1)', () => {
  it('has what the specification asks for', () => {
    expect(api.openapi).toMatch(/^3\.1\.\d$/);
    expect(api.info).toMatchObject({ title: 'chartlift API', version: expect.any(String) });
    const fields = ['openapi', 'info', 'servers', 'paths', 'components', 'tags'];
    expect(Object.keys(api).filter((name) => !fields.includes(name))).toEqual([]);
    for (const path of Object.keys(api.paths)) expect(path).toMatch(/^\/api\/v1\//);
  });

  it('leads nowhere that is not there', () => {
    const schemas = Object.keys(api.components.schemas).map(
      (name) => `#/components/schemas/${name}`,
    );
    const lost = [...objectsIn(api)].filter(
      ([, { $ref }]) => typeof $ref === 'string' && !schemas.includes($ref),
    );
    expect(lost).toEqual([]);
  });

  it('has no schema of OpenAPI 3.0', () => {
    const old = [...objectsIn(api)].filter(
      ([, schema]) => 'nullable' in schema && typeof schema['nullable'] === 'boolean',
    );
    expect(old.map(([at]) => at)).toEqual([]);
  });

  it('names every operation once', () => {
    const ids = routes.map(({ operation }) => operation.operationId);
    expect(ids.filter((id, i) => !/^[a-z]\w+$/.test(id) || ids.indexOf(id) !== i)).toEqual([]);
  });

  it('says of every operation what it does, for whom, and how it answers', () => {
    const known = new Set((api.tags ?? []).map(({ name }) => name));
    const poor = routes.filter(({ operation }) => {
      const statuses = Object.keys(operation.responses);
      const isClear = operation.summary !== '' && operation.tags.every((tag) => known.has(tag));
      return !isClear || !statuses.includes('default') || !statuses.some((code) => /^2/.test(code));
    });
    expect(poor.map(({ operation }) => operation.operationId)).toEqual([]);
    expect(api.tags?.filter(({ description }) => !description)).toEqual([]);
  });

  it('declares each place of a path', () => {
    const wrong = routes.filter(({ path, operation }) => {
      const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'path' && parameter.required)
        .map(({ name }) => name);
      return places.sort().join() !== declared.sort().join();
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('takes a key for repeated requests on every POST that changes something', () => {
    const without = routes.filter(
      ({ method, operation }) =>
        method === 'POST' &&
        !(operation.parameters ?? []).some(({ name }) => name === 'Idempotency-Key'),
    );
    expect(without.map(({ operation }) => operation.operationId).sort()).toEqual([
      'acceptInvitation',
      'exportQuery',
      'previewTrigger',
      'runQuery',
      'setUp',
      'signIn',
    ]);
  });
});

describe('the reference for people', () => {
  it('is one page of valid nesting, without scripts', () => {
    expect(page).not.toMatch(/<script|javascript:|\son\w+=/i);
    expect(page).not.toContain('undefined');
    expect(page).not.toContain('[object Object]');
    const open: string[] = [];
    const empty = ['meta', '!doctype'];
    for (const [, slash, name = ''] of page.matchAll(/<(\/?)([a-z!][a-z0-9]*)[^>]*>/gi)) {
      if (empty.includes(name.toLowerCase())) continue;
      if (slash === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it('leads to each operation and object, once', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    const wanted = [
      ...routes.map(({ operation }) => operation.operationId),
      ...Object.keys(api.components.schemas).map((name) => `schema-${name}`),
    ];
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('shows a command for each operation', () => {
    const commands = [...page.matchAll(/<pre tabindex="0"><code>curl /g)];
    expect(commands).toHaveLength(routes.length);
  });

  it('is for anyone, since it tells nothing of the installation', async () => {
    const answer = await server.request('GET', '/api/docs', { as: 'nobody' });
    expect(answer.headers['content-type']).toBe('text/html; charset=UTF-8');
    expect(answer.text).not.toContain(server.home);
  });
});
