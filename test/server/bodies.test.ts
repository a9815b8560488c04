import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveForTest, type TestServer } from './test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await serveForTest();
});

afterAll(() => server.close());

const MEBIBYTE = 1024 * 1024;
const headers = { 'Content-Type': 'application/json' };

describe('bodies', () => {
  it('of more than a mebibyte are refused', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(MEBIBYTE), role: 'viewer' });
    const answer = await server.request('POST', '/api/v1/tokens', { body, headers });
    expect(answer).toMatchObject({ status: 413, json: { code: 'request_too_large' } });
  });

  it('of more than a mebibyte are refused if they do not say how long they are', async () => {
    const chunks = Array.from({ length: 40 }, () => ' '.repeat(MEBIBYTE / 32));
    const answer = await server.request('POST', '/api/v1/tokens', { chunks, headers });
    expect(answer).toMatchObject({ status: 413, json: { code: 'request_too_large' } });
  });

  it('in pieces are read', async () => {
    const chunks = ['{"name":"in ', 'pieces",', '"role":"viewer"}'];
    const answer = await server.request('POST', '/api/v1/tokens', { chunks, headers });
    expect(answer.status).toBe(201);
  });

  it.each([
    ['arrays', '['.repeat(100_000)],
    ['objects', '{"a":'.repeat(100_000)],
    ['arrays in a field', `{"name":${'['.repeat(33)}${']'.repeat(33)}}`],
  ])('of deeply nested %s are refused', async (_what, body) => {
    const answer = await server.request('POST', '/api/v1/tokens', { body, headers });
    expect(answer).toMatchObject({ status: 400, json: { code: 'request_invalid' } });
  });

  it.each([
    ['nothing', ''],
    ['half of an object', '{"name":'],
    ['not JSON', 'name=x'],
    ['NUL', '\0'],
    ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe])],
    ['two values', '{}{}'],
  ])('of %s are refused', async (_what, body) => {
    const answer = await server.request('POST', '/api/v1/tokens', { body, headers });
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });

  it.each(['null', '[]', '"text"', '1e999', '{"name":{"$ne":null},"role":"viewer"}'])(
    'that are other JSON are refused field by field: %s',
    async (body) => {
      const answer = await server.request('POST', '/api/v1/tokens', { body, headers });
      expect(answer).toMatchObject({ status: 422, json: { code: 'fields_invalid' } });
    },
  );

  it('name each field that cannot be used', async () => {
    const answer = await server.request('POST', '/api/v1/users', {
      json: { email: 'no', name: ' ', role: 'root', password: 'short', is_admin: true },
    });
    expect(answer.status).toBe(422);
    const paths = answer.json.issues.map(({ path }: { path: string[] }) => path.join('.'));
    expect(paths.sort()).toEqual(['email', 'is_admin', 'name', 'password', 'role']);
  });

  it('do not reach into the prototype of objects', async () => {
    const body = '{"name":"x","role":"viewer","__proto__":{"role":"admin"},"constructor":1}';
    const answer = await server.request('POST', '/api/v1/tokens', { body, headers });
    expect(answer.status).toBe(422);
    expect({}).not.toHaveProperty('role');
  });
});
