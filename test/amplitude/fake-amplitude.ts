import { randomUUID } from 'node:crypto';
import { readdir, readlink } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import type {
  FetchOptions,
  FetchProgress,
} from '../../src/source/amplitude/request/chart-client.ts';
import {
  type ChartClientOptions,
  createChartClient,
} from '../../src/source/amplitude/request/http-chart-client.ts';
import { Secret } from '../../src/source/amplitude/secret.ts';

/** How the server answers its n-th request, from 0. */
export type Answerer = (response: ServerResponse, n: number, request: IncomingMessage) => void;

export interface FakeAmplitude {
  readonly url: string;
  readonly requests: readonly IncomingMessage[];
  /** Connections that were ever made, and those that are open. */
  readonly connections: number;
  readonly open: number;
  /** The most requests that were under way at once. */
  readonly atOnce: number;
  /** A client of this server with keys of its own, for which 1 s passes in 1 ms. */
  client(options?: Partial<ChartClientOptions>): ReturnType<typeof createChartClient>;
  readonly apiKey: string;
  readonly secretKey: string;
}

/** Starts a server that answers as told, until the test ends. */
export async function fakeAmplitude(answer: Answerer): Promise<FakeAmplitude> {
  const apiKey = `key-${randomUUID()}`;
  const secretKey = `secret-${randomUUID()}`;
  const requests: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let underWay = 0;
  let atOnce = 0;
  const server = createServer((request, response) => {
    underWay += 1;
    atOnce = Math.max(atOnce, underWay);
    response.on('close', () => {
      underWay -= 1;
    });
    requests.push(request);
    answer(response, requests.length - 1, request);
  });
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const url = await new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    });
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url,
    requests,
    apiKey,
    secretKey,
    get connections() {
      return connections;
    },
    get open() {
      return sockets.size;
    },
    get atOnce() {
      return atOnce;
    },
    client: (options) =>
      createChartClient({
        baseUrl: url,
        apiKey: new Secret(apiKey),
        secretKey: new Secret(secretKey),
        clock: fastClock(),
        random: () => 0.5,
        ...options,
      }),
  };
}

/** The real clock, but a second lasts a millisecond. */
export function fastClock(): Clock {
  const start = performance.now();
  return {
    now: () => 1_750_000_000_000 + (performance.now() - start) * 1_000,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer);
          reject(signal?.reason);
        };
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', stop);
          resolve();
        }, ms / 1_000);
        signal?.addEventListener('abort', stop, { once: true });
      }),
  };
}

/** Options of a fetch that nobody aborts, and the progress that it tells. */
export function listening(more: Partial<FetchOptions> = {}) {
  const progress: FetchProgress[] = [];
  return {
    progress,
    signal: new AbortController().signal,
    onProgress: (step: FetchProgress) => void progress.push(step),
    ...more,
  };
}

export const REPORT =
  '"\tUsers by country"\r\n\r\n"\tUniques"\r\n\r\n"\tCountry","\t2026-06-01"\r\n"\tÅland 🏝","12"\r\n';

/** The answer as Amplitude gives it (reference §0.1). */
export function envelope(report = REPORT): string {
  return JSON.stringify({ data: report });
}

export function answerReport(response: ServerResponse, report = REPORT): void {
  response.setHeader('content-type', 'application/json; charset=UTF-8');
  response.end(envelope(report));
}

/** An error in the envelope of reference §2. */
export function answerError(response: ServerResponse, status: number, details?: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      error: { http_code: status, message: 'Unspecified Error', metadata: { details } },
    }),
  );
}

export const TOO_MUCH = 'Too Many Requests: Exceeded rate limit with query of cost 1800';

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
}

/** The whole text of a report. */
export async function textOf(report: { chunks(): AsyncIterable<string> }): Promise<string> {
  let text = '';
  for await (const chunk of report.chunks()) text += chunk;
  return text;
}

/** How many files below `directory` this process has open, with or without a name. */
export async function openFiles(directory: string): Promise<number> {
  const open = await readdir('/proc/self/fd');
  const targets = await Promise.all(
    open.map((file) => readlink(`/proc/self/fd/${file}`).catch(() => '')),
  );
  return targets.filter((target) => target.startsWith(directory)).length;
}
