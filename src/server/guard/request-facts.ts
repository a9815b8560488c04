import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { AppContext, AppEnv } from '../app-env.ts';
import type { Services } from '../services.ts';
import type { ServerSettings } from '../settings.ts';

/** An id that somebody in front of us may have given: it goes into logs and headers, so it is plain. */
const SANE_ID = /^[A-Za-z0-9._-]{8,100}$/;

/** Gives each request its id, its logger and the address it came from. */
export function requestFacts(
  services: Services,
  settings: Pick<ServerSettings, 'trustedProxies'>,
): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    const given = c.req.header('X-Request-Id');
    const requestId = given !== undefined && SANE_ID.test(given) ? given : randomUUID();
    c.set('requestId', requestId);
    c.set('services', services);
    c.set('logger', services.logger.child({ request_id: requestId }));
    c.set('clientAddress', clientAddressOf(c, settings.trustedProxies));
    c.set('principal', null);
    c.set('sessionCookies', []);
    c.set('wasAudited', false);
    await next();
    c.res.headers.set('X-Request-Id', requestId);
  });
}

/**
 * Each proxy appends the address that it saw to `X-Forwarded-For`, so with n proxies of our own the n-th
 * from the right is what the outermost of them saw; what stands left of it anybody can have written.
 */
function clientAddressOf(c: AppContext, trustedProxies: number): string {
  const direct = c.env?.incoming?.socket.remoteAddress ?? 'unknown';
  if (trustedProxies === 0) return direct;
  const hops = (c.req.header('X-Forwarded-For') ?? '').split(',').map((hop) => hop.trim());
  const seen = hops.at(-trustedProxies) ?? hops[0];
  return seen === undefined || seen === '' || seen.length > 45 ? direct : seen;
}
