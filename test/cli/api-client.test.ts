import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ApiClientOptions, createApiClient } from '../../src/cli/service/api-client.ts';
import type { ServerEvent } from '../../src/cli/service/server-events.ts';
import { serviceApi } from '../../src/cli/service/service-api.ts';
import { ChartliftError } from '../../src/errors.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that gives these answers one after the other, and the client that asks it. */
async function answering(answers: readonly Answer[], options: Partial<ApiClientOptions> = {}) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const answer = answers[Math.min(requests.length, answers.length) - 1];
    answer?.(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${port}`;
  const interrupt = new AbortController();
  const client = createApiClient({ url, token: 'cl_1', signal: interrupt.signal, ...options });
  return { client, requests, interrupt, url };
}

const says =
  (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_, response) =>
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body);

const hangs: Answer = () => undefined;

/** Sends a text of a stream of events, and ends, breaks or goes on with nothing. */
const streams =
  (text: string, then: 'end' | 'break' | 'silence'): Answer =>
  (_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(text, () => {
      if (then === 'end') response.end();
      if (then === 'break') response.destroy();
    });
  };

const event = (id: number, name = 'line') => `id: ${id}\nevent: ${name}\ndata: {"n":${id}}\n\n`;

const isLast = ({ event: name }: ServerEvent) => name === 'ended';

describe('a request', () => {
  it('carries token, body and a key by which it is carried out once', async () => {
    const { client, requests } = await answering([says(201, '{"id":"a"}')]);
    const body = { name: 'ü' };
    expect(await client.request('POST', '/sources', { body })).toEqual({ id: 'a' });
    const [request] = requests;
    expect(request).toMatchObject({ method: 'POST', url: '/api/v1/sources' });
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer cl_1',
      'content-type': 'application/json',
      'idempotency-key': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('writes its query and path as they are meant', async () => {
    const { client, requests } = await answering([says(200, '{"items":[],"next_cursor":null}')]);
    await serviceApi(client).listRuns({ text: 'a&b', status: ['failed', 'partial'] }, 5);
    expect(requests[0]?.url).toBe('/api/v1/runs?text=a%26b&status=failed&status=partial&limit=5');
    await serviceApi(client).getRun('../users?x#y');
    await serviceApi(client).getRun('..');
    expect(requests.slice(1).map(({ url }) => url)).toEqual([
      '/api/v1/runs/..%2Fusers%3Fx%23y',
      '/api/v1/runs/%252E%252E',
    ]);
  });

  it('asks for page after page of a list, and no more than is wanted', async () => {
    const page = (next: string | null) => JSON.stringify({ items: [{}, {}], next_cursor: next });
    const pages = [says(200, page('b')), says(200, page('c')), says(200, page(null))];
    const all = await answering(pages);
    expect(await serviceApi(all.client).listSources({})).toHaveLength(6);
    expect(all.requests.map(({ url }) => url)).toEqual([
      '/api/v1/sources?limit=200',
      '/api/v1/sources?cursor=b&limit=200',
      '/api/v1/sources?cursor=c&limit=200',
    ]);
    const some = await answering(pages);
    expect(await serviceApi(some.client).listSources({}, 4)).toHaveLength(4);
    expect(some.requests).toHaveLength(2);
  });

  it.each([
    [says(502, '<html>Bad gateway</html>'), 'has status 502 and is none of chartlift'],
    [says(200, '<html>Welcome</html>'), 'is no JSON'],
    [says(302, '', { Location: 'http://127.0.0.1:9/' }), 'leads elsewhere'],
    [(_: unknown, response: ServerResponse) => void response.destroy(), 'No chartlift answers'],
    [hangs, 'did not answer in time'],
  ])('that something else answers ends as unreachable (%#)', async (answer, message) => {
    const { client } = await answering([answer], { timeLimitMs: 200 });
    const request = client.request('GET', '/sources');
    await expect(request).rejects.toThrow(message);
    await expect(request).rejects.toMatchObject({ code: 'service_unreachable' });
  });

  it('ends at once when it is interrupted', async () => {
    const { client, interrupt } = await answering([hangs]);
    const request = client.request('GET', '/sources');
    interrupt.abort(new ChartliftError('interrupted', 'Interrupted.', ''));
    await expect(request).rejects.toMatchObject({ code: 'interrupted' });
  });
});

describe('events', () => {
  it('go on after the last one that was seen, however the connection ended', async () => {
    const { client, requests } = await answering(
      [
        streams(`${event(1)}${event(2)}id: 3\ndata: cut`, 'break'),
        says(503, '<html>starting</html>'),
        streams(event(3), 'end'),
        streams(`: waiting\n\n${event(4)}`, 'silence'),
        streams(event(5, 'ended'), 'silence'),
      ],
      { silenceMs: 200 },
    );
    const seen = await Array.fromAsync(client.events('/runs/a/events', isLast));
    expect(seen.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5']);
    expect(requests.map(({ headers }) => headers['last-event-id'])).toEqual([
      undefined,
      '2',
      '2',
      '3',
      '4',
    ]);
  });

  it('are given up where the service stays away, and at once where it refuses', async () => {
    const gone = await answering([streams(event(1), 'break'), says(502, '')], {
      resumeWithinMs: 300,
    });
    const events = gone.client.events('/runs/a/events', isLast);
    await expect(Array.fromAsync(events)).rejects.toMatchObject({ code: 'service_unreachable' });

    const problem = { detail: 'There is no run a.', code: 'not_found', help: 'List them.' };
    const refused = await answering([says(404, JSON.stringify(problem))]);
    const none = refused.client.events('/runs/a/events', isLast);
    await expect(Array.fromAsync(none)).rejects.toMatchObject({ code: 'not_found' });
    expect(refused.requests).toHaveLength(1);
  });

  it('end when the reader is interrupted', async () => {
    const { client, interrupt } = await answering([streams(event(1), 'silence')]);
    const events = client.events('/runs/a/events', isLast);
    await events.next();
    const next = events.next();
    interrupt.abort(new ChartliftError('interrupted', 'Interrupted.', ''));
    await expect(next).rejects.toMatchObject({ code: 'interrupted' });
  });
});
