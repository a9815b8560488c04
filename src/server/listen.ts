import { randomUUID } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, RequestError } from '@hono/node-server';
import { ChartliftError, toChartliftError } from '../errors.ts';
import type { ChartliftApp } from './app.ts';
import { presentProblem } from './problem.ts';
import type { ServerSettings } from './settings.ts';

type FetchCallback = Parameters<typeof getRequestListener>[0];

/** How long headers, and then a whole request, may take to come, in ms: nobody holds a connection by dawdling. */
const HEADERS_MS = 15_000;
const REQUEST_MS = 60_000;

/** Longer than that of usual proxies (60 s), so that they never send into a connection that we just closed. */
const KEEP_ALIVE_MS = 65_000;

/** Requests of ours have small headers; Node's own limit. */
const HEADER_BYTES = 16 * 1024;

export interface RunningServer {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly port: number;
  /**
   * Takes no new requests, ends streams of events, and waits for the other answers, `withinMs` at most.
   */
  close(withinMs: number): Promise<void>;
}

/**
 * Opens the port.
 *
 * @param port 0 takes a free one
 * @throws {ChartliftError} `config_invalid` if the port is taken or the address is not this machine's
 */
export async function startServer(options: {
  readonly app: Pick<ChartliftApp, 'fetch'>;
  readonly host: string;
  readonly port: number;
}): Promise<RunningServer> {
  const { app, host, port } = options;
  const streams = new WeakSet<object>();
  const server = createServer(
    {
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: HEADER_BYTES,
    },
    getRequestListener(withStreams(app, streams), { errorHandler: answerUnreadable }),
  );
  const answers = openAnswers(server);
  await listen(server, host, port);
  const address = server.address();
  const bound = isAddressInfo(address) ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    close: (withinMs) => close(server, answers, streams, withinMs),
  };
}

/** What the operator is to know about an address to listen on; null if only this machine reaches it. */
export function listeningWarning(
  host: string,
  settings: Pick<ServerSettings, 'publicUrl'>,
): string | null {
  if (isLoopback(host)) return null;
  if (settings.publicUrl?.protocol === 'https:') return null;
  return `Listening on ${host} without TLS: passwords and tokens travel readable. Put a proxy with TLS in front and set CHARTLIFT_PUBLIC_URL=https://… and CHARTLIFT_TRUST_PROXY=1.`;
}

/** Whether only programs of this machine reach an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** The answers that have not ended. */
function openAnswers(server: Server): Set<ServerResponse> {
  const answers = new Set<ServerResponse>();
  server.on('request', (_request, answer: ServerResponse) => {
    answers.add(answer);
    answer.on('close', () => answers.delete(answer));
  });
  return answers;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error: NodeJS.ErrnoException) => reject(toListenError(error, host, port)));
  server.listen(port, host, resolve);
  return promise;
}

function toListenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new ChartliftError(
      'config_invalid',
      `Port ${port} of ${host} is taken.`,
      'Stop what listens there, or choose another port with --port.',
      { cause: error },
    );
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND' || error.code === 'EACCES') {
    return new ChartliftError(
      'config_invalid',
      `This process cannot listen on ${host}:${port}.`,
      'Choose an address of this machine, and a port of 1024 or more.',
      { cause: error },
    );
  }
  return error;
}

async function close(
  server: Server,
  answers: ReadonlySet<ServerResponse>,
  streams: WeakSet<object>,
  withinMs: number,
): Promise<void> {
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), withinMs);
  for (const answer of answers) {
    // A client would keep its connection for the next request, and the server could never end.
    if (!answer.headersSent) answer.setHeader('Connection', 'close');
    else if (streams.has(answer)) answer.end();
  }
  // Connections on which an answer ended just now are idle only afterwards.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  await closed.promise;
  clearTimeout(timer);
  clearInterval(idle);
}

/** Notes which answers are streams of events: they have no end of their own that closing could wait for. */
function withStreams(app: Pick<ChartliftApp, 'fetch'>, streams: WeakSet<object>): FetchCallback {
  return async (request, env) => {
    const response = await app.fetch(request, env);
    const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream');
    if (isStream) streams.add(env.outgoing);
    return response;
  };
}

/** What cannot even be handed to the app, such as a `Host` that makes no URL. */
function answerUnreadable(error: unknown): Response {
  const problem =
    error instanceof RequestError
      ? new ChartliftError(
          'request_invalid',
          'The request line or its headers cannot be read.',
          'Compare it with the reference at /api/docs.',
        )
      : toChartliftError(error);
  const requestId = randomUUID();
  return new Response(JSON.stringify(presentProblem(problem, requestId)), {
    status: problem.httpStatus,
    headers: { 'Content-Type': 'application/problem+json', 'X-Request-Id': requestId },
  });
}

function isAddressInfo(address: unknown): address is AddressInfo {
  return typeof address === 'object' && address !== null && 'port' in address;
}
