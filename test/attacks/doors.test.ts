import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchange, send } from '../server/test-server.ts';
import { accountOf, createSource, TOKEN } from '../service/running-service.ts';
import { type AttackedService, attackedService, DAILY, userOf } from './attacked-service.ts';

let service: AttackedService;
let admin: ReturnType<AttackedService['as']>;
let port: number;
let cookie: string;

beforeAll(async () => {
  service = await attackedService();
  admin = service.as(TOKEN);
  port = Number(new URL(service.url).port);
  ({ cookie } = await userOf(service, 'admin', 'browser'));
});

afterAll(() => service.stop());

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** How long an answer takes, in ms. */
async function timed(ask: Promise<{ status: number; text: string }>) {
  const started = performance.now();
  const { status, text } = await ask;
  return { ms: performance.now() - started, status, text };
}

/** What would be found out takes minutes; a busy machine may take a second or two for anything. */
const SOON_MS = 5_000;

describe('names of the service', () => {
  const foreign = [
    'evil.example',
    'localhost.evil.example',
    'localhost.',
    'localhost.:80',
    '127.0.0.1.nip.io',
    '127.0.0.1.',
    '0x7f.1',
    '0177.0.0.1',
    '2130706433',
    '127.1',
    '0.0.0.0',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::1].evil.example',
    '[fe80::1%25lo]',
    '169.254.169.254',
    'localhost:80:80',
    'localhost,evil.example',
    'user@localhost',
    'localhost@evil.example',
    'localhost#evil.example',
    'localhost/evil.example',
    'localhost\\evil.example',
    'localhost evil.example',
    'xn--lcalhost-54a',
    ' ',
  ];

  it.each(foreign)('are not %j', async (host) => {
    const headers = { Host: host, Cookie: cookie };
    const read = await send(service.url, 'GET', '/api/v1/users', { headers });
    expect([400, 403]).toContain(read.status);
    const change = await send(service.url, 'POST', '/api/v1/layers', {
      headers: { ...headers, Origin: `http://${host.trim()}` },
      json: { name: 'rebound' },
    });
    expect([400, 403]).toContain(change.status);
  });

  it('do not come from elsewhere in the request', async () => {
    const lines = [
      ['GET http://evil.example/api/v1/users HTTP/1.1', 'Host: evil.example'],
      ['GET /api/v1/users HTTP/1.1', 'Host: evil.example', 'X-Forwarded-Host: localhost'],
      ['GET /api/v1/users HTTP/1.1', 'Host: evil.example', 'Forwarded: host=localhost'],
      ['GET /api/v1/users HTTP/1.1', 'Host: evil.example', 'X-Original-Host: localhost'],
      ['GET /api/v1/users HTTP/1.1', 'Host: evil.example', 'Host: localhost'],
      ['GET /api/v1/users HTTP/1.1'],
      ['GET /api/v1/users HTTP/1.1', 'Host:'],
      ['GET /api/v1/users HTTP/1.0'],
      ['CONNECT localhost:80 HTTP/1.1', 'Host: localhost'],
    ];
    const answers = await Promise.all(
      lines.map((head) =>
        exchange(port, [...head, `Cookie: ${cookie}`, 'Connection: close', '', ''].join('\r\n')),
      ),
    );
    for (const answer of answers) expect(answer).not.toMatch(/^HTTP\/1\.1 2/);
  });
});

describe('requests in disguise', () => {
  it.each([
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 40'],
    ['a length and pieces', 'Content-Length: 40\r\nTransfer-Encoding: chunked'],
    ['pieces of another kind', 'Transfer-Encoding: chunked, identity'],
    ['a folded header', 'Transfer-Encoding:\r\n chunked\r\nContent-Length: 5'],
    ['a space before the colon', 'Transfer-Encoding : chunked\r\nContent-Length: 5'],
  ])('are not smuggled behind %s', async (_what, header) => {
    const answer = await exchange(
      port,
      `POST /api/v1/layers HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Type: application/json\r\n${header}\r\n\r\n0\r\n\r\nGET /api/v1/users HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`,
    );
    expect(answer.match(/^HTTP\/1\.1 400 /)).toBeTruthy();
    expect(answer).not.toContain('"items"');
  });

  it.each([
    ['text/plain', '{"name":"csrf_a"}'],
    ['text/plain; application/json', '{"name":"csrf_b"}'],
    ['application/x-www-form-urlencoded', 'name=csrf_c'],
    ['application/x-www-form-urlencoded', '{"name":"csrf_d","x":"="}'],
    [
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="name"\r\n\r\ncsrf_e\r\n--b--',
    ],
    ['text/json', '{"name":"csrf_f"}'],
    ['application/jsonx', '{"name":"csrf_g"}'],
    ['', '{"name":"csrf_h"}'],
  ])('of a form are refused with or without the marks of a browser: %s', async (type, body) => {
    for (const marks of [
      {},
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ]) {
      const { status } = await service.ask('POST', '/layers', {
        body,
        headers: { Cookie: cookie, 'Content-Type': type, ...marks },
      });
      expect([400, 403, 415]).toContain(status);
    }
    expect((await admin('GET', '/layers')).text).not.toContain('csrf_');
  });

  it('of another page are refused for every method that changes', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const { status } = await service.ask(method, '/layers/service', {
        headers: { Cookie: cookie, Origin: 'https://evil.example', ...JSON_TYPE },
      });
      expect(status).toBe(403);
    }
    expect((await admin('GET', '/layers')).text).toContain('"service"');
  });

  it('read no state change from GET', async () => {
    const { json: before } = await admin('GET', '/audit?limit=1');
    for (const path of [
      '/layers?name=x',
      '/tokens?name=x&role=admin',
      '/sources?_method=POST',
      '/session?email=a',
    ]) {
      await service.ask('GET', path, { headers: { Cookie: cookie } });
    }
    expect((await admin('GET', '/audit?limit=1')).json.items[0].id).toBe(before.items[0].id);
  });
});

describe('bodies', () => {
  it.each([
    ['gzip of 100 MiB', gzipSync(Buffer.alloc(100 * 2 ** 20, ' ')), 'gzip'],
    ['deflate', Buffer.from([0x78, 0x9c, 3, 0, 0, 0, 0, 1]), 'deflate'],
    ['brotli', Buffer.from([0x0b]), 'br'],
    ['several', gzipSync(gzipSync('{"name":"zipped"}')), 'gzip, gzip'],
  ])('are not inflated: %s', async (_what, body, encoding) => {
    const { ms, status } = await timed(
      admin('POST', '/layers', { body, headers: { ...JSON_TYPE, 'Content-Encoding': encoding } }),
    );
    expect([400, 413, 415]).toContain(status);
    expect(ms).toBeLessThan(SOON_MS);
  });

  it.each([
    ['the same key twice', '{"name":"twice_a","name":"../x"}'],
    ['a huge number', `{"name":"x","days":1${'0'.repeat(100_000)}}`],
    ['a number instead of a name', '{"name":1e400}'],
    ['NUL', '{"name":"x\\u0000"}'],
    ['a half character', '{"name":"\\ud800"}'],
    [
      'overlong UTF-8',
      Buffer.from([...Buffer.from('{"name":"'), 0xc0, 0xae, 0xc0, 0xae, 0x22, 0x7d]),
    ],
    ['UTF-16', Buffer.from('{"name":"wide"}', 'utf16le')],
    ['many keys', `{${Array.from({ length: 50_000 }, (_, at) => `"k${at}":1`).join(',')}}`],
    ['many backslashes', `{"name":"${'\\\\'.repeat(400_000)}"}`],
    ['many half escapes', `{"name":"${'\\\\u000'.repeat(100_000)}"}`],
    ['a long list', `[${'1,'.repeat(300_000)}1]`],
    ['nesting', '[{"a":'.repeat(80_000)],
  ])('are refused soon: %s', async (_what, body) => {
    const { ms, status } = await timed(admin('POST', '/layers', { body, headers: JSON_TYPE }));
    expect([400, 422]).toContain(status);
    expect(ms).toBeLessThan(SOON_MS);
  });
});

describe('texts that are hard to match', () => {
  const whole = (part: string, end = '') =>
    Array(9).fill(part.repeat(Math.floor(99_000 / part.length)) + end);

  it.each([
    ['one endless word', whole('a')],
    ['dots', whole('. ')],
    ['quotes', whole('"', 'x')],
    ['closing brackets', whole('>', 'x')],
    ['opening brackets', whole('[(<', 'x')],
    ['half addresses', whole('https://')],
    ['half paths', whole('/chart/')],
    ['schemes', whole('a:', '//')],
    ['separators', whole(', ;\n\t')],
    ['strange spaces', whole('\u00a0\u2003\u3000')],
    ['bad escapes', whole('%')],
    ['hosts', whole('amplitude.com.')],
    [
      'ids that are too many',
      whole('q7m2xk4p,').map((text, at) => text.replaceAll('q7', `${at}_`)),
    ],
    ['different ids', [Array.from({ length: 120_000 }, (_, at) => at.toString(36)).join(' ')]],
    ['letters of both directions', whole('\u202e\u202dא')],
  ])('in a pasted list of charts answer soon: %s', async (_what, texts) => {
    const config = {
      ...accountOf(service.simulator, []),
      api_key: 'none',
      chart_ids: texts.map((text) => text.slice(0, 2_000)),
    };
    const long = { ...config, chart_ids: texts.join(' ').slice(0, 100_000) };
    const many = {
      ...config,
      chart_ids: texts.flatMap((text) =>
        Array.from({ length: 49 }, (_, at) => text.slice(at * 2_000, (at + 1) * 2_000)),
      ),
    };
    for (const candidate of [config, long, many]) {
      const { ms, status, text } = await timed(
        admin('POST', '/validations', { json: { connector: 'amplitude', config: candidate } }),
      );
      expect([202, 413, 422]).toContain(status);
      expect(ms).toBeLessThan(SOON_MS);
      expect(text.length).toBeLessThan(100_000);
    }
  });

  it.each([
    '0-59/1,'.repeat(25),
    '*/1,'.repeat(40),
    `${'1,'.repeat(95)}1 * * * *`,
    '0 0 29 2 MON#5',
    '59 23 31 12 SUN#5',
    '0 0 L 2 MON#5',
    '* * 30 2 *',
    '*'.repeat(200),
    '- '.repeat(100),
    `*${' '.repeat(190)}*`,
    '0 0 1-31/30,29 2 7#5',
  ])('in a cron expression answer soon: %s', async (expression) => {
    for (const timezone of ['Europe/Berlin', 'UTC', 'A/'.repeat(1000)]) {
      const trigger = { type: 'cron', expression, timezone };
      const { ms, status } = await timed(admin('POST', '/triggers/preview', { json: { trigger } }));
      expect([200, 422]).toContain(status);
      expect(ms).toBeLessThan(SOON_MS);
    }
  });

  it('in filters answer soon', async () => {
    for (const text of ['%'.repeat(200), '_%'.repeat(100), '(a+)+$'.repeat(30), '\\'.repeat(200)]) {
      for (const path of ['/sources', '/runs', '/tables']) {
        const { ms, status } = await timed(
          admin('GET', `${path}?text=${encodeURIComponent(text)}`),
        );
        expect(status).toBe(200);
        expect(ms).toBeLessThan(SOON_MS);
      }
    }
  });
});

describe('connections that hold on', () => {
  it('keep nobody from being served', async () => {
    const source = await createSource(service, [DAILY]);
    service.simulator.setFault(DAILY, { kind: 'hang' });
    const { json: run } = await admin('POST', `/sources/${source.id}/runs`);
    const sockets = Array.from({ length: 300 }, (_, at) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      const auth = `Authorization: Bearer ${TOKEN}\r\n`;
      socket.write(
        [
          // Headers that never end, a body that never ends, events that go on, an answer that nobody reads.
          `GET /api/v1/sources HTTP/1.1\r\nHost: localhost\r\nX-`,
          `POST /api/v1/layers HTTP/1.1\r\nHost: localhost\r\n${auth}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
          `GET /api/v1/runs/${run.id}/events HTTP/1.1\r\nHost: localhost\r\n${auth}\r\n`,
          `GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(10),
        ][at % 4] ?? '',
      );
      if (at % 4 === 3) socket.pause();
      return socket;
    });
    try {
      await new Promise((resolve) => setTimeout(resolve, 500));
      for (const path of ['/sources', '/layers', `/runs/${run.id}`]) {
        const { ms, status } = await timed(admin('GET', path));
        expect(status).toBe(200);
        expect(ms).toBeLessThan(SOON_MS);
      }
    } finally {
      for (const socket of sockets) socket.destroy();
      await admin('POST', `/runs/${run.id}/cancel`);
      service.simulator.setFault(DAILY, null);
    }
  });
});

it('none of it was a fault of the service', () => {
  expect(service.log.filter((line) => /"level":"(error|fatal)"/.test(line))).toEqual([]);
});
