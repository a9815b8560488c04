import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { ChartliftError } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';
import type { ServerSettings } from '../settings.ts';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

interface RequestMarks {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

/**
 * Refuses changes that a page of another origin asks for (CSRF). Browsers say where a request comes from
 * in `Origin` and `Sec-Fetch-Site`, and pages cannot write either; what sends neither is no browser, and
 * has nobody's cookies but its own.
 *
 * @throws {ChartliftError} `origin_refused`
 */
export function sameOrigin(settings: Pick<ServerSettings, 'publicUrl'>): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    const marks = {
      method: c.req.method,
      host: c.req.header('Host'),
      origin: c.req.header('Origin'),
      fetchSite: c.req.header('Sec-Fetch-Site'),
    };
    if (isForeign(marks, settings.publicUrl)) {
      throw new ChartliftError(
        'origin_refused',
        'A page of another site asked for this.',
        'Changes are made from the pages of this service, or by programs with a token.',
      );
    }
    await next();
  });
}

/** Whether a page of another origin asks for a change. */
export function isForeign(marks: RequestMarks, publicUrl: URL | null): boolean {
  if (SAFE_METHODS.includes(marks.method)) return false;
  const { fetchSite, origin, host } = marks;
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') return true;
  if (origin === undefined) return false;
  if (publicUrl !== null && origin === publicUrl.origin) return false;
  const from = URL.parse(origin);
  // Behind the public address a request over plain HTTP is not of the same origin, whatever its host.
  if (publicUrl !== null && host?.toLowerCase() === publicUrl.host) return true;
  return from === null || from.host === '' || from.host !== host?.toLowerCase();
}
