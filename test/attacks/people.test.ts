import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiDescription } from '../../src/server/reference/api-description.ts';
import { exampleOf } from '../../src/server/reference/example.ts';
import { ROLES, type Role } from '../../src/state/actor.ts';
import { type ApiRoute, routesOf } from '../server/api-routes.ts';
import { send, type TestAnswer } from '../server/test-server.ts';
import { createSource, runToEnd, TOKEN } from '../service/running-service.ts';
import {
  type AttackedService,
  attackedService,
  DAILY,
  PASSWORD,
  tokenOf,
  userOf,
} from './attacked-service.ts';

let service: AttackedService;
let admin: ReturnType<AttackedService['as']>;
let routes: ApiRoute[];
let api: ApiDescription;
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  service = await attackedService();
  admin = service.as(TOKEN);
  const source = await createSource(service, [DAILY], { name: 'Attacked' });
  const run = await runToEnd(service, source.id);
  const user = await userOf(service, 'viewer', 'victim');
  // The last administrator could not be disabled.
  await userOf(service, 'admin', 'keeper');
  const { json: token } = await admin('POST', '/tokens', { json: { name: 'x', role: 'admin' } });
  const { json: validations } = await admin('POST', '/validations', {
    json: { connector: 'amplitude', config: { api_key: 'a', secret_key: 'b', chart_ids: DAILY } },
  });
  api = (await send(service.url, 'GET', '/api/openapi.json')).json;
  routes = routesOf(api);
  ids = {
    sources: source.id,
    runs: run.id,
    users: user.id,
    tokens: token.id,
    validations: validations.id,
    connectors: 'amplitude',
  };
}, 30_000);

afterAll(() => service.stop());

/** The path to something that is there, so that whoever may would really change it. */
function pathOf({ path }: ApiRoute): string {
  const noun = path.split('/')[3] ?? '';
  const id = ids[noun] ?? 'unknown';
  const places: Readonly<Record<string, string>> = { id, layer: 'raw', name: `chart_${DAILY}` };
  return path
    .replace('/api/v1', '')
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => places[name] ?? 'unknown');
}

function attempt(route: ApiRoute, ask: ReturnType<AttackedService['as']>): Promise<TestAnswer> {
  const schema = route.operation.requestBody?.content['application/json']?.schema;
  const json = schema === undefined ? undefined : exampleOf(schema, api);
  return ask(route.method, pathOf(route), json === undefined ? {} : { json });
}

/** What anyone could see of the service's state; equal texts mean that nothing was changed. */
async function state(): Promise<string> {
  const paths = [
    '/sources',
    `/sources/${ids['sources']}`,
    '/layers',
    '/tables',
    '/users',
    '/audit',
  ];
  const answers = await Promise.all(paths.map((path) => admin('GET', path)));
  return answers.map(({ text }) => text).join('\n');
}

/** Operations that need more than `role`; with null every one that needs anybody. */
function beyond(role: Role | null): ApiRoute[] {
  const least = role === null ? 0 : ROLES.indexOf(role) + 1;
  return routes.filter(({ operation }) =>
    ROLES.slice(least).some((needed) => needed === operation['x-chartlift-role']),
  );
}

describe('whoever may less', () => {
  it('has operations to try', () => {
    expect(routes.length).toBeGreaterThan(50);
    expect(beyond(null).length).toBeGreaterThan(45);
    expect(beyond('viewer').length).toBeGreaterThan(25);
    expect(beyond('editor').length).toBeGreaterThan(5);
  });

  it.each([
    ['nobody', null],
    ['a viewer', 'viewer'],
    ['an editor', 'editor'],
  ] as const)('changes and sees nothing: %s, with what is there', async (_who, role) => {
    const token = role === null ? null : await tokenOf(service, role);
    const ask = token === null ? service.ask : service.as(token);
    const before = await state();
    const wrong: string[] = [];
    for (const route of beyond(role)) {
      const { status, json } = await attempt(route, ask);
      const expected = role === null ? 401 : 403;
      if (status !== expected || json.items !== undefined) {
        wrong.push(`${route.method} ${route.path}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await state()).toBe(before);
  });

  it('gets nothing by saying that the method is another one', async () => {
    const token = await tokenOf(service, 'viewer');
    const path = `/sources/${ids['sources']}`;
    for (const [method, to, headers] of [
      ['GET', path, { 'X-HTTP-Method-Override': 'DELETE' }],
      ['GET', `${path}?_method=DELETE`, {}],
      ['POST', `${path}?_method=DELETE`, { 'X-Method-Override': 'DELETE' }],
      ['HEAD', '/users', {}],
      ['OPTIONS', path, {}],
      ['TRACE', path, {}],
      ['PROPFIND', path, {}],
    ] as const) {
      await service.as(token)(method, to, { headers });
    }
    expect((await admin('GET', path)).status).toBe(200);
    expect((await service.as(token)('HEAD', '/users')).status).toBe(403);
  });
});

describe('whoever has lost it', () => {
  it('does nothing with a session or token of a disabled user', async () => {
    const user = await userOf(service, 'admin', 'leaver');
    const made = await user.ask('POST', '/tokens', { json: { name: 'kept', role: 'admin' } });
    const second = await service.as(made.json.token)('POST', '/tokens', {
      json: { name: 'kept too', role: 'admin' },
    });
    expect(second.status).toBe(201);
    await admin('PATCH', `/users/${user.id}`, { json: { disabled: true } });
    const asks = [user.ask, service.as(made.json.token), service.as(second.json.token)];
    for (const ask of asks) {
      const wrong: string[] = [];
      for (const route of beyond(null)) {
        const { status } = await attempt(route, ask);
        if (status !== 401) wrong.push(`${route.method} ${route.path}: ${status}`);
      }
      expect(wrong).toEqual([]);
    }
  });

  it('does as a token only what its maker may today', async () => {
    const user = await userOf(service, 'admin', 'demoted');
    const { json } = await user.ask('POST', '/tokens', { json: { name: 'old', role: 'admin' } });
    await admin('PATCH', `/users/${user.id}`, { json: { role: 'viewer' } });
    const wrong: string[] = [];
    for (const route of beyond('viewer')) {
      for (const ask of [user.ask, service.as(json.token)]) {
        const { status } = await attempt(route, ask);
        if (status !== 403) wrong.push(`${route.method} ${route.path}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('gets no kept answer either', async () => {
    const user = await userOf(service, 'editor', 'replayed');
    const headers = { 'Idempotency-Key': 'replay-0001' };
    const json = { name: 'kept_layer' };
    expect((await user.ask('POST', '/layers', { json, headers })).status).toBe(201);
    await admin('PATCH', `/users/${user.id}`, { json: { role: 'viewer' } });
    expect((await user.ask('POST', '/layers', { json, headers })).status).toBe(403);
    await admin('PATCH', `/users/${user.id}`, { json: { disabled: true } });
    expect((await user.ask('POST', '/layers', { json, headers })).status).toBe(401);
  });
});

describe('tokens', () => {
  it('end no token that may more, though both have one maker', async () => {
    const viewer = await tokenOf(service, 'viewer');
    const gone = await service.as(viewer)('DELETE', `/tokens/${ids['tokens']}`);
    expect(gone.status).toBe(404);
  });

  it('make none that lasts longer', async () => {
    const { json: short } = await admin('POST', '/tokens', {
      json: { name: 'short', role: 'editor', expires_in_days: 1 },
    });
    for (const days of [null, 365, 1]) {
      const { json } = await service.as(short.token)('POST', '/tokens', {
        json: { name: 'long', role: 'editor', expires_in_days: days },
      });
      expect(json.expires_at <= short.expires_at).toBe(true);
    }
  });
});

describe('another user', () => {
  it('gets nothing by an Idempotency-Key that somebody else used', async () => {
    const [ada, bo] = [await userOf(service, 'admin', 'ada'), await userOf(service, 'admin', 'bo')];
    const headers = { 'Idempotency-Key': 'the-same-key' };
    const one = await ada.ask('POST', '/layers', { json: { name: 'of_ada' }, headers });
    const other = await bo.ask('POST', '/layers', { json: { name: 'of_bo' }, headers });
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(other.headers['idempotency-replayed']).toBeUndefined();
    const elsewhere = await ada.ask('POST', '/tokens', {
      json: { name: 'x', role: 'viewer' },
      headers,
    });
    expect(elsewhere.headers['idempotency-replayed']).toBeUndefined();
  });

  it('learns nothing about accounts by signing in or by invitations', async () => {
    const known = await userOf(service, 'viewer', 'enumerated');
    const disabled = await userOf(service, 'viewer', 'disabled');
    await admin('PATCH', `/users/${disabled.id}`, { json: { disabled: true } });
    const { json: invited } = await admin('POST', '/users', {
      json: { email: 'invited@example.com', name: 'I', role: 'viewer' },
    });
    expect(invited.invitation).toBeTruthy();
    const timed = async (email: string, password: string) => {
      const started = performance.now();
      const answer = await service.ask('POST', '/session', { json: { email, password } });
      const { request_id: _id, ...problem } = answer.json;
      return { ms: performance.now() - started, status: answer.status, problem };
    };
    const tries = [
      await timed(known.email, 'wrong password 123'),
      await timed('nobody@example.com', 'wrong password 123'),
      await timed('invited@example.com', 'wrong password 123'),
      await timed(disabled.email, PASSWORD),
    ];
    for (const { status, problem } of tries) {
      expect({ status, problem }).toEqual({ status: 401, problem: tries[0]?.problem });
    }
    // The hash of a password takes tens of ms; whoever has none must not be told by an answer in two.
    const times = tries.map(({ ms }) => ms);
    expect(Math.min(...times)).toBeGreaterThan(Math.max(...times) / 8);
  });

  it('finds none of the sign-in library’s own addresses', async () => {
    for (const path of [
      '/api/auth/sign-in/email',
      '/api/auth/sign-up/email',
      '/api/auth/get-session',
      '/api/auth/list-sessions',
      '/api/auth/ok',
      '/api/v1/auth/sign-up/email',
      '/api/v1/sign-up/email',
      '/sign-up/email',
    ]) {
      for (const method of ['GET', 'POST']) {
        const { status } = await send(service.url, method, path, {
          headers: { Authorization: `Bearer ${TOKEN}` },
          ...(method === 'POST'
            ? { json: { email: 'evil@example.com', password: PASSWORD, name: 'Evil' } }
            : {}),
        });
        expect(`${method} ${path} ${status}`).toBe(`${method} ${path} 404`);
      }
    }
  });
});

describe('cookies', () => {
  let forgedCookie: string | undefined;

  it.each([
    [
      'of another name',
      (cookie: string) => cookie.replace('chartlift_session', 'better-auth.session_token'),
    ],
    ['with a prefix', (cookie: string) => `__Secure-${cookie}`],
    ['with another signature', (cookie: string) => cookie.replace(/.{6}$/, 'AAAAA%3D')],
    ['without a signature', (cookie: string) => cookie.split('.')[0] ?? ''],
    [
      'twice, the first one forged',
      (cookie: string) => `chartlift_session=forged.x; ${cookie.replace(/.{9}$/, '')}`,
    ],
    ['as JSON', () => 'chartlift_session={"id":"environment"}'],
    ['as no text', () => `chartlift_session=${'%ff'.repeat(50)}`],
    ['very long', () => `chartlift_session=${'x'.repeat(10_000)}`],
    ['very many', () => Array.from({ length: 1000 }, (_, at) => `a${at}=1`).join('; ')],
    [
      'of a cache of the session',
      () => 'chartlift.session_data=eyJ1c2VyIjp7InJvbGUiOiJhZG1pbiJ9fQ==',
    ],
  ])('are not taken when they are %s', async (_what, forge) => {
    forgedCookie ??= (await userOf(service, 'admin', 'forged')).cookie;
    const { status } = await service.ask('GET', '/session', {
      headers: { Cookie: forge(forgedCookie) },
    });
    expect(status).toBe(401);
  });

  it('are signed with a secret of the installation, not a known one', async () => {
    const other = await attackedService({ simulator: service.simulator });
    try {
      const { cookie } = await userOf(other, 'admin', 'elsewhere');
      expect((await other.ask('GET', '/session', { headers: { Cookie: cookie } })).status).toBe(
        200,
      );
      expect((await service.ask('GET', '/session', { headers: { Cookie: cookie } })).status).toBe(
        401,
      );
    } finally {
      await other.stop();
    }
  });
});

describe('the audit trail', () => {
  it('is changed by no operation', () => {
    const about = routes.filter(({ path }) => /audit/.test(path));
    expect(about.map(({ method }) => method)).toEqual(['GET']);
  });

  it('is not changed by asking otherwise', async () => {
    const { json } = await admin('GET', '/audit?limit=1');
    const [entry] = json.items;
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      for (const path of ['/audit', `/audit/${entry.id}`]) {
        const { status } = await admin(method, path, { json: { action: 'nothing' } });
        expect([404, 405]).toContain(status);
      }
    }
    expect((await admin('GET', '/audit?limit=1')).json.items[0]).toEqual(entry);
  });

  it('names who it was, whatever the request claims', async () => {
    const user = await userOf(service, 'editor', 'honest');
    await user.ask('POST', '/layers', {
      json: { name: 'audited' },
      headers: { 'X-Forwarded-User': 'ada', 'X-Actor': 'ada', From: 'ada@example.com' },
    });
    const { json } = await admin('GET', `/audit?actor_id=${user.id}`);
    const entry = json.items.find((item: { action: string }) => item.action === 'layer.created');
    expect(entry.actor).toMatchObject({ type: 'user', id: user.id, name: 'honest' });
  });
});
