import { get, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listeningWarning, type RunningServer, startServer } from '../../src/server/listen.ts';
import { exchange, send } from './test-server.ts';

async function open(app: Hono): Promise<RunningServer> {
  const server = await startServer({ app, host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close(0));
  return server;
}

function begin(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => get(url, resolve).on('error', reject));
}

async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part);
  return Buffer.concat(parts).toString();
}

describe('the port', () => {
  it('is said to be taken', async () => {
    const { port } = await open(new Hono());
    const second = startServer({ app: new Hono(), host: '127.0.0.1', port });
    await expect(second).rejects.toMatchObject({ code: 'config_invalid' });
  });

  it('is said not to be of this machine', async () => {
    const server = startServer({ app: new Hono(), host: '192.0.2.1', port: 0 });
    await expect(server).rejects.toMatchObject({ code: 'config_invalid' });
  });
});

describe('closing', () => {
  it('waits for answers that are under way', async () => {
    const app = new Hono().get('/slow', async (c) => {
      await delay(300);
      return c.text('done');
    });
    const server = await open(app);
    const answer = send(server.url, 'GET', '/slow');
    await delay(100);
    await server.close(5000);
    expect((await answer).text).toBe('done');
    await expect(send(server.url, 'GET', '/slow')).rejects.toThrow();
  });

  it('ends streams of events, and tells whoever writes them', async () => {
    let aborted = false;
    const app = new Hono().get('/events', (c) =>
      streamSSE(c, async (stream) => {
        stream.onAbort(() => {
          aborted = true;
        });
        await stream.writeSSE({ data: 'one' });
        while (!aborted) await delay(20);
      }),
    );
    const server = await open(app);
    const message = await begin(`${server.url}/events`);
    const text = textOf(message);
    await delay(50);
    const start = performance.now();
    await server.close(5000);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(await text).toContain('data: one');
    await expect.poll(() => aborted).toBe(true);
  });

  it('does not wait for ever', async () => {
    const app = new Hono().get('/stuck', () => new Promise<Response>(() => undefined));
    const server = await open(app);
    const answer = send(server.url, 'GET', '/stuck').catch(() => 'cut off');
    await delay(50);
    const start = performance.now();
    await server.close(300);
    expect(performance.now() - start).toBeLessThan(1500);
    expect(await answer).toBe('cut off');
  });

  it('does not wait for connections that nobody uses', async () => {
    const server = await open(new Hono().get('/', (c) => c.text('kept alive')));
    const message = await begin(server.url);
    expect(await textOf(message)).toBe('kept alive');
    const start = performance.now();
    await server.close(5000);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('what is no request', () => {
  it.each([
    ['two lengths', 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    [
      'a length and chunks (smuggling)',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['a line feed in a header', 'GET / HTTP/1.1\r\nHost: a\r\nX: a\nInjected\r\n\r\n'],
    ['long headers', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
    ['noise', '\u0016\u0003\u0001\u0000\r\n\r\n'],
  ])('is refused: %s', async (_what, text) => {
    const server = await open(new Hono().all('/', (c) => c.text('answered')));
    const answer = await exchange(server.port, text);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
  });
});

describe('listeningWarning', () => {
  it('is about addresses that others reach without TLS', () => {
    const plain = { publicUrl: null };
    const secured = { publicUrl: new URL('https://lift.example.com') };
    expect(listeningWarning('127.0.0.1', plain)).toBeNull();
    expect(listeningWarning('::1', plain)).toBeNull();
    expect(listeningWarning('0.0.0.0', plain)).toContain('without TLS');
    expect(listeningWarning('0.0.0.0', secured)).toBeNull();
  });
});
