import { randomUUID } from 'node:crypto';
import { systemClock } from '../../clock.ts';
import { ChartliftError } from '../../errors.ts';
import { VERSION } from '../../version.ts';
import { problemError } from './problem-error.ts';
import { readServerEvents, type ServerEvent } from './server-events.ts';
import type { ServiceAddress } from './service-address.ts';

type QueryValue = string | number | boolean | readonly string[] | undefined;

/** What belongs to a request beside its path. */
export interface RequestParts {
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks the service; paths are those of the reference, without `/api/v1`. */
export interface ApiClient {
  readonly url: string;
  /**
   * @returns the answer's JSON, which is taken to be what the API's schema says of it
   * @throws ChartliftError with the code of the problem; `service_unreachable`, `interrupted`
   */
  request<Answer>(method: string, path: string, parts?: RequestParts): Promise<Answer>;
  /**
   * The events of a stream, over as many connections as it takes; `isLast` tells its last one.
   *
   * @throws ChartliftError as {@link request}
   */
  events(path: string, isLast: (event: ServerEvent) => boolean): AsyncGenerator<ServerEvent>;
}

export interface ApiClientOptions extends ServiceAddress {
  /** Aborting it ends every request, with the signal's reason. */
  readonly signal: AbortSignal;
  /** How long the answer may take, in ms. Default 70 s: the service itself gives up after 60. */
  readonly timeLimitMs?: number;
  /** How long a stream of events may say nothing, in ms. Default 45 s: the service says something every 15. */
  readonly silenceMs?: number;
  /** For how long a broken stream is tried again, in ms. Default 60 s: a restart takes less. */
  readonly resumeWithinMs?: number;
}

/** Waits before the first tries to resume a stream, and before all others; in ms. */
const RESUME_AFTER_MS = [250, 500, 1_000, 2_000];
const LONGEST_PAUSE_MS = 4_000;

export function createApiClient(options: ApiClientOptions): ApiClient {
  const { url, token, signal } = options;
  const timeLimitMs = options.timeLimitMs ?? 70_000;
  const silenceMs = options.silenceMs ?? 45_000;
  const resumeWithinMs = options.resumeWithinMs ?? 60_000;

  async function send(
    method: string,
    path: string,
    { query = {}, body, headers = {} }: RequestParts,
    limit: AbortSignal,
  ): Promise<Response> {
    try {
      const response = await fetch(`${url}/api/v1${path}${queryText(query)}`, {
        method,
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${token}`,
          'User-Agent': `chartlift/${VERSION}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          // A proxy in between may send a request twice; it is carried out once.
          ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}),
          ...headers,
        },
        body: body === undefined ? null : JSON.stringify(body),
        // Nobody else gets the token.
        redirect: 'manual',
        signal: AbortSignal.any([signal, limit]),
      });
      if (!response.ok) throw await refusal(response, url);
      return response;
    } catch (error) {
      throw connectionError(error, url, signal);
    }
  }

  async function* connect(path: string, lastId: string): AsyncGenerator<ServerEvent> {
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(), silenceMs);
    const parts = {
      headers: {
        Accept: 'text/event-stream',
        ...(lastId === '' ? {} : { 'Last-Event-ID': lastId }),
      },
    };
    try {
      const response = await send('GET', path, parts, silence.signal);
      yield* readServerEvents(pieces(response, () => timer.refresh()));
    } catch (error) {
      throw connectionError(error, url, signal);
    } finally {
      clearTimeout(timer);
      silence.abort();
    }
  }

  return {
    url,
    async request<Answer>(method: string, path: string, parts: RequestParts = {}): Promise<Answer> {
      const limit = AbortSignal.timeout(timeLimitMs);
      const response = await send(method, path, parts, limit);
      try {
        return JSON.parse(await response.text());
      } catch (error) {
        if (error instanceof SyntaxError) throw noService(url, 'is no JSON');
        throw connectionError(error, url, signal);
      }
    },
    async *events(path, isLast) {
      let lastId = '';
      let tries = 0;
      let brokenSince: number | null = null;
      for (;;) {
        let failure: unknown = noService(url, 'ended too early');
        try {
          for await (const event of connect(path, lastId)) {
            lastId = event.id;
            tries = 0;
            brokenSince = null;
            yield event;
            if (isLast(event)) return;
          }
        } catch (error) {
          signal.throwIfAborted();
          if (!canResume(error)) throw error;
          failure = error;
        }
        brokenSince ??= systemClock.now();
        if (systemClock.now() - brokenSince >= resumeWithinMs) throw failure;
        await systemClock.sleep(RESUME_AFTER_MS[tries] ?? LONGEST_PAUSE_MS, signal);
        tries += 1;
      }
    },
  };
}

async function* pieces(response: Response, alive: () => void): AsyncGenerator<string> {
  if (response.body === null) return;
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    alive();
    yield piece;
  }
}

function queryText(query: Readonly<Record<string, QueryValue>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of [value].flat()) parameters.append(name, String(one));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

async function refusal(response: Response, url: string): Promise<ChartliftError> {
  const { status } = response;
  const body = await response.text();
  const problem = problemError(status, body);
  if (problem !== null) return problem;
  if (status >= 300 && status < 400) return noService(url, 'leads elsewhere');
  return noService(url, `has status ${status} and is none of chartlift's`);
}

/** Whatever answers there, it is something else, or something stands in between. */
function noService(url: string, what: string): ChartliftError {
  return new ChartliftError(
    'service_unreachable',
    `The answer of ${url} ${what}.`,
    'Check that CHARTLIFT_URL is the address of chartlift itself; a proxy in between may answer in its place.',
  );
}

function connectionError(error: unknown, url: string, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof ChartliftError) return error;
  const late = error instanceof DOMException && /Timeout|Abort/.test(error.name);
  return new ChartliftError(
    'service_unreachable',
    late ? `${url} did not answer in time.` : `No chartlift answers at ${url}${reasonOf(error)}.`,
    'Start it with chartlift serve, or set CHARTLIFT_URL to where it runs.',
    { cause: error },
  );
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}

/** A service that is restarted, or a proxy that waits for it, is worth another try. */
function canResume(error: unknown): boolean {
  return (
    error instanceof ChartliftError &&
    ['service_unreachable', 'interrupted', 'too_many_requests'].includes(error.code)
  );
}
