import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { ChartliftError } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';

/** `\u0000` in a text of JSON, after an even number of backslashes. */
const NUL_IN_JSON = /(?<!\\)(?:\\\\)*\\u0000/;

/**
 * Refuses the character NUL anywhere in a request: no name or query needs it, PostgreSQL cannot keep it
 * (documentation, §8.3), and C ends its texts there.
 *
 * @throws {ChartliftError} `request_invalid`
 */
export function refusesNul(): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    const isJson = /\bjson\b/i.test(c.req.header('Content-Type') ?? '');
    if (/%00/.test(c.req.url) || (isJson && NUL_IN_JSON.test(await c.req.text()))) {
      throw new ChartliftError(
        'request_invalid',
        'The request holds the character NUL.',
        'Take it out; no text of chartlift can have it.',
      );
    }
    await next();
  });
}
