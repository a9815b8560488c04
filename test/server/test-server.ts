import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningChartlift, startChartlift } from '../../src/context.ts';
import { createLogger } from '../../src/logger.ts';
import type { Role } from '../../src/state/actor.ts';

/** Who a request of a test comes from. */
export type Sender = Role | 'nobody';

export interface TestRequest {
  /** Default: the administrator's token. */
  readonly as?: Sender;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly body?: string | Uint8Array;
  /** Sent without saying how long it is. */
  readonly chunks?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON; null if it is none. Tests say what they expect in it. */
  readonly json: ReturnType<typeof JSON.parse>;
}

export interface TestServer {
  readonly url: string;
  readonly home: string;
  readonly running: RunningChartlift;
  /** The secret of the link that the first start printed. */
  readonly setupSecret: string;
  /** One token for each role; that of the admin is `CHARTLIFT_API_TOKEN`. */
  readonly tokens: Readonly<Record<Role, string>>;
  /** Everything that was logged. */
  readonly logged: () => string;
  request(method: string, path: string, options?: TestRequest): Promise<TestAnswer>;
  close(): Promise<void>;
}

export const ENVIRONMENT_TOKEN = 'environment-token-0123456789abcdef0123456789';
export const PASSWORD = 'correct horse battery staple';

/** The whole service on a free port, with a data folder of its own. */
export async function serveForTest(
  env: Readonly<Record<string, string>> = {},
): Promise<TestServer> {
  const home = await mkdtemp(join(tmpdir(), 'chartlift-server-'));
  const lines: string[] = [];
  const logger = createLogger({ destination: { write: (line: string) => void lines.push(line) } });
  const running = await startChartlift({
    env: { CHARTLIFT_API_TOKEN: ENVIRONMENT_TOKEN, ...env },
    home,
    host: '127.0.0.1',
    port: 0,
    logger,
  });
  const tokens: Record<Role, string> = {
    admin: ENVIRONMENT_TOKEN,
    editor: await tokenFor('editor'),
    viewer: await tokenFor('viewer'),
  };

  /** A token of the store, as a program has it. */
  async function tokenFor(role: Role): Promise<string> {
    const answer = await send(running.url, 'POST', '/api/v1/tokens', {
      json: { name: `${role} of a test`, role },
      headers: { Authorization: `Bearer ${ENVIRONMENT_TOKEN}` },
    });
    return answer.json.token;
  }

  return {
    url: running.url,
    home,
    running,
    setupSecret: running.setupLink?.split('#token=')[1] ?? '',
    tokens,
    logged: () => lines.join(''),
    request(method, path, options = {}) {
      const sender = options.as ?? 'admin';
      const authorization: Record<string, string> =
        sender === 'nobody' ? {} : { Authorization: `Bearer ${tokens[sender]}` };
      return send(running.url, method, path, {
        ...options,
        headers: { ...authorization, ...options.headers },
      });
    },
    async close() {
      await running.stop(2000);
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** One request on a connection of its own, with just the headers that are given. */
export function send(
  url: string,
  method: string,
  path: string,
  { json, body, chunks, headers = {} }: TestRequest = {},
): Promise<TestAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<TestAnswer>();
  const content = json === undefined ? body : JSON.stringify(json);
  const outgoing = httpRequest(
    url + path,
    {
      method,
      agent: false,
      headers: {
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(content === undefined ? {} : { 'Content-Length': Buffer.byteLength(content) }),
        ...headers,
      },
    },
    (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text,
          json: parseJson(text),
        });
      });
    },
  );
  outgoing.on('error', reject);
  for (const chunk of chunks ?? []) outgoing.write(chunk);
  outgoing.end(content);
  return promise;
}

/** What comes back for these bytes on a connection; it ends when the server ends it or is silent for a second. */
export function exchange(port: number, text: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect(port, '127.0.0.1', () => socket.write(text));
  let got = '';
  socket.on('data', (part) => {
    got += part;
  });
  socket.on('close', () => resolve(got));
  socket.on('error', reject);
  socket.setTimeout(1000, () => socket.end());
  return promise;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The cookie that an answer set, as a browser sends it back. */
export function cookieOf(answer: TestAnswer): string {
  return (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
}

/** Creates a user with {@link PASSWORD} and signs them in. */
export async function signedIn(
  server: TestServer,
  role: Role,
  email: string,
): Promise<{ id: string; cookie: string }> {
  const created = await server.request('POST', '/api/v1/users', {
    json: { email, name: email, role, password: PASSWORD },
  });
  const session = await server.request('POST', '/api/v1/session', {
    as: 'nobody',
    json: { email, password: PASSWORD },
  });
  return { id: created.json.id, cookie: cookieOf(session) };
}
