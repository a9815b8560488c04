import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { ChartliftError } from '../errors.ts';
import type { KeptAnswer, KeyedRequest } from '../state/idempotency.ts';
import type { AppContext, AppEnv } from './app-env.ts';
import { presentProblem } from './problem.ts';

/** The header of draft-ietf-httpapi-idempotency-key-header. */
export const IDEMPOTENCY_HEADER = 'Idempotency-Key';

/** Printable ASCII without quotes; what clients make of UUIDs, dates and names. */
const KEY = /^[\x21\x23-\x7e]{1,200}$/;

/** Headers of an answer that are part of what is replayed. */
const REPLAYED_HEADERS = ['content-type', 'location', 'etag'];

/**
 * A POST that comes again with the same `Idempotency-Key` from the same sender gets the answer of the first:
 * nothing is done twice. Answers of 5xx are not kept, so that a second try can work.
 *
 * @param secretAnswer the answer holds a secret, which must not be kept; the second request is told so
 * @throws {ChartliftError} `request_invalid` (no usable key), `fields_invalid` (another body than before),
 *   `conflict` (the first is still being answered)
 */
export function idempotent(secretAnswer: boolean): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    const key = c.req.header(IDEMPOTENCY_HEADER);
    const principal = c.get('principal');
    if (key === undefined || !principal) return next();
    if (!KEY.test(key)) throw keyInvalid();
    const request: KeyedRequest = {
      key,
      actorId: principal.actor.id,
      method: c.req.method,
      path: c.req.path,
      bodyHash: createHash('sha256')
        .update(await c.req.text())
        .digest('hex'),
    };
    const { idempotency } = c.get('services');
    const before = await idempotency.begin(request);
    if (before === 'busy') throw stillBusy();
    if (before === 'mismatch') throw otherRequest();
    if (before !== 'new') {
      return replay(before);
    }
    let isKept = false;
    try {
      await next();
      if (c.res.status < 500 && isText(c.res)) {
        await idempotency.complete(request, await toStored(c, secretAnswer));
        isKept = true;
      }
    } finally {
      if (!isKept) await idempotency.forget(request);
    }
  });
}

function replay(answer: KeptAnswer): Response {
  return new Response(answer.body === '' ? null : answer.body, {
    status: answer.status,
    headers: { ...answer.headers, 'Idempotency-Replayed': 'true', 'Cache-Control': 'no-store' },
  });
}

/** Streams are not kept; JSON and empty answers are. */
function isText(response: Response): boolean {
  const type = response.headers.get('content-type');
  return type === null || /^application\/([a-z.-]+\+)?json\b/.test(type);
}

async function toStored(c: AppContext, secretAnswer: boolean): Promise<KeptAnswer> {
  if (secretAnswer && c.res.ok) {
    const error = new ChartliftError(
      'conflict',
      'This request has been carried out; its answer held a secret, which was shown once and not kept.',
      'Use what the first answer gave, or make another one with a new Idempotency-Key.',
    );
    return {
      status: error.httpStatus,
      headers: { 'content-type': 'application/problem+json' },
      body: JSON.stringify(presentProblem(error, c.get('requestId'))),
    };
  }
  const headers: Record<string, string> = {};
  for (const name of REPLAYED_HEADERS) {
    const value = c.res.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return { status: c.res.status, headers, body: await c.res.clone().text() };
}

function keyInvalid(): ChartliftError {
  return new ChartliftError(
    'request_invalid',
    `The header ${IDEMPOTENCY_HEADER} cannot be used.`,
    'Give 1 to 200 printable ASCII characters without spaces and quotes, such as a UUID.',
  );
}

function stillBusy(): ChartliftError {
  return new ChartliftError(
    'conflict',
    `The first request with this ${IDEMPOTENCY_HEADER} is still being carried out.`,
    'Ask again in a moment.',
  );
}

function otherRequest(): ChartliftError {
  return new ChartliftError(
    'fields_invalid',
    `This ${IDEMPOTENCY_HEADER} was used for another request.`,
    'Use a new key for each request that is not a repetition.',
  );
}
