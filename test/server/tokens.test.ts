import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiToken } from '../../src/server/auth/api-token.ts';
import { PASSWORD, serveForTest, signedIn, type TestServer } from './test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await serveForTest();
});

afterAll(() => server.close());

function bearer(token: string) {
  return { as: 'nobody' as const, headers: { Authorization: `Bearer ${token}` } };
}

describe('tokens', () => {
  it('are shown once and kept as a hash', async () => {
    const created = await server.request('POST', '/api/v1/tokens', {
      json: { name: 'ci', role: 'viewer' },
    });
    expect(created.status).toBe(201);
    expect(created.json.token).toMatch(/^cl_[\w-]{43}$/);
    expect(created.json.token).toContain(created.json.hint);
    const list = await server.request('GET', '/api/v1/tokens');
    expect(list.text).not.toContain(created.json.token);
    expect(list.json.items[0]).toMatchObject({ name: 'ci', role: 'viewer', revoked_at: null });
    expect(server.logged()).not.toContain(created.json.token);
  });

  it('do what their role may, no more', async () => {
    const session = await server.request('GET', '/api/v1/session', { as: 'viewer' });
    expect(session.json).toMatchObject({ role: 'viewer', by: 'token' });
    const users = await server.request('GET', '/api/v1/users', { as: 'viewer' });
    expect(users).toMatchObject({ status: 403, json: { code: 'forbidden' } });
  });

  it('cannot be made for more than the maker may', async () => {
    const answer = await server.request('POST', '/api/v1/tokens', {
      as: 'editor',
      json: { name: 'more', role: 'admin' },
    });
    expect(answer).toMatchObject({ status: 422, json: { issues: [{ path: ['role'] }] } });
  });

  it('stop working when they are revoked, by their maker or an administrator only', async () => {
    const { cookie } = await signedIn(server, 'viewer', 'owner@example.com');
    const headers = { Cookie: cookie };
    const made = await server.request('POST', '/api/v1/tokens', {
      as: 'nobody',
      headers,
      json: { name: 'mine', role: 'viewer' },
    });
    const { id, token } = made.json;
    expect((await server.request('GET', '/api/v1/session', bearer(token))).status).toBe(200);
    const foreign = await server.request('DELETE', `/api/v1/tokens/${id}`, { as: 'editor' });
    expect(foreign.status).toBe(404);
    const revoked = await server.request('DELETE', `/api/v1/tokens/${id}`, {
      as: 'nobody',
      headers,
    });
    expect(revoked.status).toBe(204);
    expect((await server.request('GET', '/api/v1/session', bearer(token))).status).toBe(401);
  });

  it('stop working when they expire', async () => {
    const { token, hash, hint } = createApiToken();
    await server.running.service.stores.tokens.create({
      name: 'old',
      hash,
      hint,
      role: 'admin',
      expiresAt: new Date(Date.now() - 1000).toISOString(),
      createdBy: 'environment',
    });
    expect((await server.request('GET', '/api/v1/session', bearer(token))).status).toBe(401);
  });

  it('lose what their maker loses', async () => {
    const { id, cookie } = await signedIn(server, 'editor', 'leaver@example.com');
    const made = await server.request('POST', '/api/v1/tokens', {
      as: 'nobody',
      headers: { Cookie: cookie },
      json: { name: 'job', role: 'editor' },
    });
    const use = () => server.request('GET', '/api/v1/session', bearer(made.json.token));
    expect((await use()).json.role).toBe('editor');
    await server.request('PATCH', `/api/v1/users/${id}`, { json: { role: 'viewer' } });
    expect((await use()).json.role).toBe('viewer');
    await server.request('PATCH', `/api/v1/users/${id}`, { json: { disabled: true } });
    expect((await use()).status).toBe(401);
  });

  it.each([
    ['of another scheme', 'Basic YWRtaW46YWRtaW4='],
    ['without a token', 'Bearer'],
    ['invented', `Bearer cl_${'A'.repeat(43)}`],
    ['cut short', 'Bearer environment-token'],
    ['a hash instead of a token', `Bearer ${'0'.repeat(64)}`],
    ['with SQL in it', "Bearer ' or 1=1 --"],
    ['very long', `Bearer ${'x'.repeat(5000)}`],
  ])('are refused when they are %s', async (_what, authorization) => {
    const answer = await server.request('GET', '/api/v1/session', {
      as: 'nobody',
      headers: { Authorization: authorization },
    });
    expect(answer).toMatchObject({ status: 401, json: { code: 'sign_in_needed' } });
  });

  it('do not fall back to the cookie when they are wrong', async () => {
    const { cookie } = await signedIn(server, 'admin', 'both@example.com');
    const answer = await server.request('GET', '/api/v1/session', {
      as: 'nobody',
      headers: { Cookie: cookie, Authorization: 'Bearer cl_wrong' },
    });
    expect(answer.status).toBe(401);
  });

  it('change no password', async () => {
    const answer = await server.request('PUT', '/api/v1/session/password', {
      as: 'viewer',
      json: { current_password: PASSWORD, new_password: `${PASSWORD} 2` },
    });
    expect(answer.status).toBe(403);
  });
});

describe('Idempotency-Key', () => {
  const json = { email: 'twice@example.com', name: 'Twice', role: 'viewer', password: PASSWORD };

  it('replays an answer with a secret as a conflict, and does nothing twice', async () => {
    const headers = { 'Idempotency-Key': 'user-1' };
    const first = await server.request('POST', '/api/v1/users', { json, headers });
    expect(first.status).toBe(201);
    const again = await server.request('POST', '/api/v1/users', { json, headers });
    expect(again).toMatchObject({ status: 409, json: { code: 'conflict' } });
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it('refuses another body under the same key', async () => {
    const headers = { 'Idempotency-Key': 'user-2' };
    await server.request('POST', '/api/v1/users', {
      json: { ...json, email: 'two@example.com' },
      headers,
    });
    const other = await server.request('POST', '/api/v1/users', { json, headers });
    expect(other).toMatchObject({ status: 422, json: { code: 'fields_invalid' } });
  });

  it('belongs to its sender', async () => {
    const headers = { 'Idempotency-Key': 'shared' };
    const token = { json: { name: 'same', role: 'viewer' }, headers };
    const one = await server.request('POST', '/api/v1/tokens', { ...token, as: 'viewer' });
    const other = await server.request('POST', '/api/v1/tokens', { ...token, as: 'editor' });
    expect([one.status, other.status]).toEqual([201, 201]);
  });

  it.each(['', 'with space', 'ä', 'x'.repeat(201)])('refuses %j', async (key) => {
    const answer = await server.request('POST', '/api/v1/tokens', {
      json: { name: 'x', role: 'viewer' },
      headers: { 'Idempotency-Key': key },
    });
    expect(answer).toMatchObject({ status: 400, json: { code: 'request_invalid' } });
  });
});
