import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppEnv } from '../../src/server/app-env.ts';
import { readBuiltApp } from '../../src/server/web/built-app.ts';
import { servesApp } from '../../src/server/web/serve-app.ts';
import { exchange, serveForTest, signedIn, type TestServer } from './test-server.ts';

/** What Chromium sends for a page. */
const BROWSER = {
  Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
  'Accept-Encoding': 'gzip, deflate, br, zstd',
};

let server: TestServer;
beforeAll(async () => {
  server = await serveForTest();
});
afterAll(() => server.close());

function get(path: string, headers: Readonly<Record<string, string>> = BROWSER, method = 'GET') {
  return server.request(method, path, { as: 'nobody', headers });
}

/** The address of the script that the page loads. */
async function script(): Promise<string> {
  const { text } = await get('/', { Accept: 'text/html' });
  return /<script type="module"[^>]* src="([^"]+)"/.exec(text)?.[1] ?? '';
}

/** The addresses of what that script is made of, which the page loads with it. */
async function preloaded(): Promise<string[]> {
  const { text } = await get('/', { Accept: 'text/html' });
  return [...text.matchAll(/<link rel="modulepreload"[^>]* href="([^"]+)"/g)].map(
    ([, path = '']) => path,
  );
}

describe('pages', () => {
  it.each([
    '/',
    '/sources',
    '/sources/src_01?text=a',
    '/setup',
    '/invitation',
    '/catalog/raw/chart_abc',
    '/nowhere/at/all',
    '/apiary',
    '/sources/some.js',
  ])('of %s are those of the web app', async (path) => {
    const { status, headers, text } = await get(path, { Accept: 'text/html' });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['vary']).toBe('Accept, Accept-Encoding');
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(text).toContain('<div id="root">');
  });

  it('hold no script that the content security policy refuses', async () => {
    const { text } = await get('/', { Accept: 'text/html' });
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(text).not.toMatch(/\son\w+=/);
    expect(await script()).toMatch(/^\/assets\/[\w.-]+\.js$/);
  });

  it('are not sent twice', async () => {
    const first = await get('/sources');
    const tag = first.headers.etag ?? '';
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await get('/catalog', { ...BROWSER, 'If-None-Match': known });
      expect(again).toMatchObject({ status: 304, text: '' });
      expect(again.headers.etag).toBe(tag);
    }
    const plain = await get('/', { Accept: 'text/html', 'If-None-Match': tag });
    expect(plain.status).toBe(200);
  });

  it('are described to HEAD', async () => {
    const page = await get('/', { Accept: 'text/html' });
    const head = await get('/', { Accept: 'text/html' }, 'HEAD');
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers['content-length']).toBe(page.headers['content-length']);
  });

  it('come to whoever has a session without a cookie that a cache could keep', async () => {
    const { cookie } = await signedIn(server, 'viewer', 'cached@example.com');
    for (const path of ['/', '/sources', await script()]) {
      const answer = await get(path, { ...BROWSER, Cookie: cookie });
      expect(answer.status).toBe(200);
      expect(answer.headers).not.toHaveProperty('set-cookie');
    }
  });
});

describe('what is unknown', () => {
  it.each(['/api', '/api/v1/nothing', '/api/nothing', '/assets/', '/assets/index-0000.js'])(
    'is a problem for browsers, too: %s',
    async (path) => {
      const { status, headers, json } = await get(path);
      expect(status).toBe(404);
      expect(headers['content-type']).toBe('application/problem+json');
      expect(json.code).toBe('not_found');
      expect(headers['cache-control']).toBe('no-store');
    },
  );

  it.each([undefined, '*/*', 'application/json'])(
    'is a problem for programs that take %s',
    async (accept) => {
      const { status, json } = await get(
        '/sources',
        accept === undefined ? {} : { Accept: accept },
      );
      expect(status).toBe(404);
      expect(json.code).toBe('not_found');
    },
  );

  it('is no page for what would change something', async () => {
    expect((await get('/sources', BROWSER, 'POST')).status).toBe(404);
    expect((await get('/', BROWSER, 'DELETE')).status).toBe(404);
  });

  it('does not hide the probes', async () => {
    expect((await get('/healthz')).json).toEqual({ status: 'alive' });
    expect((await get('/metrics')).status).toBe(401);
    expect((await get('/api/docs')).text).toContain('API');
  });

  it('is a problem for foreign names of the service', async () => {
    const answer = await get('/', { ...BROWSER, Host: 'evil.example' });
    expect(answer).toMatchObject({ status: 403, json: { code: 'origin_refused' } });
  });
});

describe('files', () => {
  it('may be kept for ever, since their names change with their content', async () => {
    const path = await script();
    const { status, headers } = await get(path, {});
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['vary']).toBe('Accept-Encoding');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('come packed to whoever takes that, and are the same', async () => {
    // The last one has the app's own code; the script itself is too small to be packed.
    const address = `${server.url}${(await preloaded()).at(-1)}`;
    const lengths = new Map<string, number>();
    const texts = new Set<string>();
    for (const encoding of ['identity', 'gzip', 'br']) {
      const answer = await fetch(address, { headers: { 'Accept-Encoding': encoding } });
      expect(answer.headers.get('Content-Encoding') ?? 'identity').toBe(encoding);
      lengths.set(encoding, Number(answer.headers.get('Content-Length')));
      texts.add(await answer.text());
    }
    expect(texts.size).toBe(1);
    expect(lengths.get('br')).toBeLessThan(lengths.get('gzip') ?? 0);
    expect(lengths.get('gzip')).toBeLessThan((lengths.get('identity') ?? 0) / 2);
  });

  it('without a hash are asked for again', async () => {
    const { headers } = await get('/icon.svg');
    expect(headers['content-type']).toBe('image/svg+xml');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers.etag).toMatch(/^"[\w-]+"$/);
  });

  it.each([
    '/.inputs',
    '/.vite/manifest.json',
    '/assets/../.inputs',
    '/assets/%2e%2e/.inputs',
    '/assets/..%2f.inputs',
    '/assets/..%5c.inputs',
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/assets/../../../package.json',
    '/assets//../../package.json',
    '/assets/%00',
    '/icon.svg/../../../package.json',
    '//etc/passwd',
    '/index.html.br',
  ])('are those of the app and no others: %s', async (path) => {
    const port = Number(new URL(server.url).port);
    const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
    const answer = await exchange(port, request);
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(answer).not.toContain('devDependencies');
    expect(answer).not.toContain('root:');
  });
});

describe('a checkout that was not built', () => {
  it('says what to run', async () => {
    const app = new Hono<AppEnv>().use(servesApp(await readBuiltApp('/nowhere/dist/web')));
    const page = await app.request('/sources', { headers: { Accept: 'text/html' } });
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('npm run build');
    expect((await app.request('/assets/index.js')).status).toBe(404);
    expect((await app.request('/sources')).status).toBe(404);
  });
});

describe('the built app', () => {
  it('is read once, with what was packed when it was built', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'chartlift-web-'));
    try {
      await mkdir(join(folder, 'assets'));
      await mkdir(join(folder, '.vite'));
      await writeFile(join(folder, 'index.html'), '<html>');
      await writeFile(join(folder, 'assets', 'a.js'), 'script');
      await writeFile(join(folder, 'assets', 'a.js.br'), 'packed');
      await writeFile(join(folder, 'assets', 'a.exe'), 'no file of a web app');
      await writeFile(join(folder, '.vite', 'manifest.json'), '{}');
      const app = await readBuiltApp(folder);
      expect([...(app?.files.keys() ?? [])]).toEqual(['/assets/a.js']);
      expect([...(app?.files.get('/assets/a.js')?.packed.keys() ?? [])]).toEqual(['br']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is what its packed files hold', async () => {
    const app = await readBuiltApp(join(import.meta.dirname, '../../dist/web'));
    for (const { content, packed } of app?.files.values() ?? []) {
      const [br, gzip] = [packed.get('br'), packed.get('gzip')];
      if (br) expect(brotliDecompressSync(br).equals(content)).toBe(true);
      if (gzip) expect(gunzipSync(gzip).equals(content)).toBe(true);
    }
    expect(app?.files.size).toBeGreaterThan(10);
  });
});
