import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import type { AppContext, AppEnv } from '../app-env.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Logs and counts each request that was answered, with nothing of its query or body. */
export function accessLog(): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    const start = performance.now();
    await next();
    const { method } = c.req;
    const { status } = c.res;
    const route = routeOf(c);
    const durationMs = performance.now() - start;
    const actor = (c.get('principal')?.actor ?? c.get('actor'))?.id ?? null;
    c.get('logger').info({ method, route, status, ms: Math.round(durationMs), actor }, 'request');
    c.get('services').metrics.answered({ method: knownMethod(method), route, status, durationMs });
  });
}

/** The route as it was declared, such as `/api/v1/tokens/:id`: of these there are only so many. */
export function routeOf(c: AppContext): string {
  const path = routePath(c, -1);
  return path.endsWith('*') ? 'none' : path;
}

/** Anybody can invent a method; a metric is not to grow with them. */
function knownMethod(method: string): string {
  return METHODS.includes(method) ? method : 'other';
}
