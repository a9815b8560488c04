import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cookieOf,
  exchange,
  PASSWORD,
  send,
  serveForTest,
  signedIn,
  type TestServer,
} from './test-server.ts';

let server: TestServer;
let cookie: string;

beforeAll(async () => {
  server = await serveForTest();
  ({ cookie } = await signedIn(server, 'admin', 'browser@example.com'));
});

afterAll(() => server.close());

const token = { json: { name: 'made by a page', role: 'admin' } };

/** A request as a browser makes it for a page. */
function fromPage(headers: Record<string, string>, method = 'POST', path = '/api/v1/tokens') {
  const options = method === 'POST' ? token : {};
  return send(server.url, method, path, { ...options, headers: { Cookie: cookie, ...headers } });
}

describe('changes asked for by pages (CSRF)', () => {
  it('are made for pages of the service', async () => {
    const own = { Origin: server.url, 'Sec-Fetch-Site': 'same-origin' };
    expect((await fromPage(own)).status).toBe(201);
  });

  it.each([
    ['another site', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['another site, in an old browser', { Origin: 'https://evil.example' }],
    ['a sandboxed frame', { Origin: 'null' }],
    [
      'another port of this machine',
      { Origin: 'http://127.0.0.1:1', 'Sec-Fetch-Site': 'same-site' },
    ],
    ['a site that hides its name', { 'Sec-Fetch-Site': 'cross-site' }],
    ['an origin that is none', { Origin: 'http://' }],
  ])('are refused for %s', async (_what, headers) => {
    const answer = await fromPage(headers);
    expect(answer).toMatchObject({ status: 403, json: { code: 'origin_refused' } });
    const signOut = await fromPage(headers, 'DELETE', '/api/v1/session');
    expect(signOut.status).toBe(403);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'are refused as a form sends them: %s',
    async (type) => {
      const answer = await send(server.url, 'POST', '/api/v1/tokens', {
        body: JSON.stringify(token.json),
        headers: { Cookie: cookie, 'Content-Type': type },
      });
      expect(answer).toMatchObject({ status: 400, json: { code: 'request_invalid' } });
    },
  );

  it('cannot sign somebody in from another site', async () => {
    const answer = await send(server.url, 'POST', '/api/v1/session', {
      json: { email: 'browser@example.com', password: PASSWORD },
      headers: { Origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(403);
    expect(cookieOf(answer)).toBe('');
  });

  it('are not invited by CORS', async () => {
    const answer = await send(server.url, 'OPTIONS', '/api/v1/tokens', {
      headers: {
        Origin: 'https://evil.example',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type',
      },
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual(
      [],
    );
  });
});

describe('names of the service (DNS rebinding)', () => {
  const session = '/api/v1/session';

  it.each([
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '0.0.0.0',
    '[::]',
    '2130706433',
  ])('do not include %s', async (host) => {
    const answer = await send(server.url, 'GET', session, {
      headers: { Host: host, Cookie: cookie },
    });
    expect(answer).toMatchObject({ status: 403, json: { code: 'origin_refused' } });
    const page = await send(server.url, 'GET', '/api/docs', { headers: { Host: host } });
    expect(page.status).toBe(403);
  });

  it.each(['evil.example@127.0.0.1', 'evil example', '[::1', 'localhost/evil.example'])(
    'do not include what is no name: %s',
    async (host) => {
      const answer = await send(server.url, 'GET', session, {
        headers: { Host: host, Cookie: cookie },
      });
      expect(answer).toMatchObject({ status: 400, json: { code: 'request_invalid' } });
    },
  );

  it.each(['localhost', 'LOCALHOST:8080', '127.0.0.1', '[::1]:4860'])(
    'include %s',
    async (host) => {
      const answer = await send(server.url, 'GET', session, {
        headers: { Host: host, Cookie: cookie },
      });
      expect(answer.status).toBe(200);
    },
  );

  it('come one at a time', async () => {
    const text = 'GET /api/docs HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n';
    const answer = await exchange(Number(new URL(server.url).port), text);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('do not matter to probes', async () => {
    const answer = await send(server.url, 'GET', '/healthz', { headers: { Host: '10.0.0.7' } });
    expect(answer.status).toBe(200);
  });
});

describe('headers', () => {
  it('tell browsers to trust nothing else', async () => {
    const { headers } = await server.request('GET', '/api/v1/session');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it('stand on errors too', async () => {
    const { headers } = await server.request('GET', '/nothing', { as: 'nobody' });
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-type']).toBe('application/problem+json');
  });

  it('carry an id of the request, and only a plain one', async () => {
    const given = await server.request('GET', '/api/v1/session', {
      headers: { 'X-Request-Id': 'abc-12345678' },
    });
    expect(given.headers['x-request-id']).toBe('abc-12345678');
    for (const id of [
      '<script>alert(1)</script>',
      'a b c d e f g h',
      'x'.repeat(500),
      'ü'.repeat(9),
    ]) {
      const answer = await server.request('GET', '/api/v1/session', {
        headers: { 'X-Request-Id': Buffer.from(id).toString('latin1') },
      });
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('do not believe a proxy that is not there', async () => {
    await server.request('GET', '/api/v1/session', {
      headers: { 'X-Forwarded-For': '6.6.6.6', 'X-Forwarded-Host': 'evil.example' },
    });
    expect(server.logged()).not.toContain('6.6.6.6');
  });
});

describe('behind a proxy with TLS', () => {
  it('cookies are bound to the host and to TLS', async () => {
    const secured = await serveForTest({
      CHARTLIFT_PUBLIC_URL: 'https://lift.example.com',
      CHARTLIFT_TRUST_PROXY: '1',
    });
    try {
      await secured.request('POST', '/api/v1/users', {
        json: { email: 'tls@example.com', name: 'T', role: 'viewer', password: PASSWORD },
      });
      const browser = { Host: 'lift.example.com', Origin: 'https://lift.example.com' };
      const answer = await send(secured.url, 'POST', '/api/v1/session', {
        json: { email: 'tls@example.com', password: PASSWORD },
        headers: browser,
      });
      expect(answer.headers['set-cookie']?.[0]).toMatch(
        /^__Host-chartlift_session=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
      expect(answer.headers['strict-transport-security']).toMatch(/^max-age=\d{8}/);
      const plain = await send(secured.url, 'POST', '/api/v1/session', {
        json: { email: 'tls@example.com', password: PASSWORD },
        headers: { ...browser, Origin: 'http://lift.example.com' },
      });
      expect(plain.status).toBe(403);
      expect(secured.running.setupLink).toMatch(/^https:\/\/lift\.example\.com\/setup#token=/);
    } finally {
      await secured.close();
    }
  });
});
