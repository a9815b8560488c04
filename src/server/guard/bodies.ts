import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { ChartliftError } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';
import { jsonDepth } from './json-depth.ts';

/** No request of ours is nested deeper than about six. */
const DEEPEST_JSON = 32;

const JSON_TYPE = /^application\/([a-z.-]+\+)?json\b/i;

/**
 * Refuses bodies of more than `limitBytes`, whether or not they say how long they are.
 *
 * @throws {ChartliftError} `request_too_large`
 */
export function limitsBodies(limitBytes: number): MiddlewareHandler<AppEnv> {
  const limits = bodyLimit({
    maxSize: limitBytes,
    onError: () => {
      throw new ChartliftError(
        'request_too_large',
        `The body has more than ${limitBytes.toLocaleString('en')} bytes.`,
        'Send less at once.',
      );
    },
  });
  // These have none by the rules of Fetch; only to look for one takes a twentieth of the time of a list.
  return (c, next) => (/^(GET|HEAD)$/.test(c.req.method) ? next() : limits(c, next));
}

/**
 * Refuses JSON that is nested too deeply, and JSON under another name from browsers' forms.
 *
 * @throws {ChartliftError} `request_invalid`
 */
export function limitsNesting(): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    if (JSON_TYPE.test(c.req.header('Content-Type') ?? '')) {
      if (jsonDepth(await c.req.text()) > DEEPEST_JSON) {
        throw new ChartliftError(
          'request_invalid',
          `The body is nested more than ${DEEPEST_JSON} deep.`,
          'Compare it with the reference at /api/docs.',
        );
      }
    }
    await next();
  });
}
