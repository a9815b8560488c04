import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiDescription } from '../../src/server/reference/api-description.ts';
import { ROLES } from '../../src/state/actor.ts';
import { type ApiRoute, describedApi, exampleBody, fillPath, routesOf } from './api-routes.ts';
import { PASSWORD, type Sender, serveForTest, signedIn, type TestServer } from './test-server.ts';

const SENDERS: readonly Sender[] = ['nobody', ...ROLES];

let server: TestServer;
let api: ApiDescription;
let routes: ApiRoute[];

beforeAll(async () => {
  server = await serveForTest();
  api = await describedApi(server);
  routes = routesOf(api);
});

afterAll(() => server.close());

/** Whether `sender` may do what needs `needed`. */
function includesNeeded(sender: Sender, needed: string): boolean {
  const upTo: readonly string[] = SENDERS.slice(0, SENDERS.indexOf(sender) + 1);
  return upTo.includes(needed);
}

/** Asks for something that is not there, so that nothing is changed under the next sender. */
function ask(route: ApiRoute, as: Sender) {
  const json = exampleBody(route, api);
  return server.request(route.method, fillPath(route.path, 'unknown'), {
    as,
    ...(json === undefined ? {} : { json }),
  });
}

describe('roles', () => {
  it('are declared for every operation', () => {
    expect(routes.length).toBeGreaterThan(20);
    const undeclared = routes.filter(
      ({ operation }) => !['anyone', ...ROLES].includes(operation['x-chartlift-role']),
    );
    expect(undeclared).toEqual([]);
  });

  it('leave open to anyone only what signs in', () => {
    const open = routes.filter(({ operation }) => operation['x-chartlift-role'] === 'anyone');
    expect(open.map(({ operation }) => operation.operationId).sort()).toEqual([
      'acceptInvitation',
      'setUp',
      'showSetup',
      'signIn',
      'signOut',
    ]);
  });

  it('let nobody change anything as a viewer but what is their own', () => {
    const changes = routes.filter(
      ({ method, operation }) => method !== 'GET' && operation['x-chartlift-role'] === 'viewer',
    );
    expect(changes.map(({ operation }) => operation.operationId).sort()).toEqual([
      'changePassword',
      'createToken',
      'exportQuery',
      'previewTrigger',
      'revokeToken',
      'runQuery',
    ]);
  });

  it('are asked of every sender at every operation', async () => {
    const wrong: string[] = [];
    for (const route of routes) {
      const needed = route.operation['x-chartlift-role'];
      if (needed === 'anyone') continue;
      for (const sender of SENDERS) {
        const isEnough = includesNeeded(sender, needed);
        // What they may do is tried elsewhere; here it would only run into unknown ids.
        if (isEnough) continue;
        const { status, json } = await ask(route, sender);
        const expected = sender === 'nobody' ? 401 : 403;
        if (status !== expected || !json.request_id) {
          wrong.push(`${route.method} ${route.path} as ${sender}: ${status}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('are enough where they are asked for', async () => {
    const wrong: string[] = [];
    for (const route of routes) {
      const needed = ROLES.find((role) => role === route.operation['x-chartlift-role']);
      if (needed === undefined || route.operation.operationId === 'changePassword') continue;
      const { status } = await ask(route, needed);
      if (status === 401 || status === 403 || status >= 500) {
        wrong.push(`${route.method} ${route.path} as ${needed}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('hold for sessions as for tokens', async () => {
    const { cookie } = await signedIn(server, 'viewer', 'matrix@example.com');
    const wrong: string[] = [];
    for (const route of routes) {
      if (!['editor', 'admin'].includes(route.operation['x-chartlift-role'])) continue;
      const json = exampleBody(route, api);
      const { status } = await server.request(route.method, fillPath(route.path, 'unknown'), {
        as: 'nobody',
        headers: { Cookie: cookie },
        ...(json === undefined ? {} : { json }),
      });
      if (status !== 403) wrong.push(`${route.method} ${route.path}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it('are not raised by what a request claims', async () => {
    for (const headers of [
      { 'X-Chartlift-Role': 'admin' },
      { 'X-User-Id': 'environment' },
      { 'X-HTTP-Method-Override': 'GET' },
      { 'X-Original-URL': '/api/v1/session' },
    ]) {
      const answer = await server.request('GET', '/api/v1/users', { as: 'viewer', headers });
      expect(answer.status).toBe(403);
    }
    const { id, cookie } = await signedIn(server, 'viewer', 'climber@example.com');
    const climbs = [
      server.request('PATCH', `/api/v1/users/${id}`, {
        as: 'nobody',
        headers: { Cookie: cookie },
        json: { role: 'admin' },
      }),
      server.request('POST', '/api/v1/tokens', {
        as: 'nobody',
        headers: { Cookie: cookie },
        json: { name: 'x', role: 'admin' },
      }),
      server.request('POST', '/api/v1/session', {
        as: 'nobody',
        json: { email: 'climber@example.com', password: PASSWORD, role: 'admin' },
      }),
    ];
    const statuses = (await Promise.all(climbs)).map(({ status }) => status);
    expect(statuses).toEqual([403, 422, 422]);
  });

  it.each([
    '/api/v1//users',
    '/api/v1/./users',
    '/API/v1/users',
    '/api/v1/users/',
    '/api/v1/%75sers',
  ])('are not slipped by another way to write the path: %s', async (path) => {
    const answer = await server.request('GET', path, { as: 'viewer' });
    expect([403, 404]).toContain(answer.status);
  });
});

describe('routes', () => {
  it('are all declared in the one way that asks for a role', () => {
    const root = join(import.meta.dirname, '../../src/server');
    const files = globSync('**/*.ts', { cwd: root }).map((file) => ({
      file,
      text: readFileSync(join(root, file), 'utf8'),
    }));
    const own = files.filter(({ text }) => /\bcreateRoute\(/.test(text));
    expect(own.map(({ file }) => file)).toEqual(['define-route.ts']);
    const bare = files.filter(({ text }) =>
      /^\s*\.(get|post|put|patch|delete|all|on)\('/m.test(text),
    );
    expect(bare.map(({ file }) => file).sort()).toEqual([
      'probes/routes.ts',
      'reference/routes.ts',
    ]);
  });
});
