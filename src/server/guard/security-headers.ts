import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../app-env.ts';
import { isSecure, type ServerSettings } from '../settings.ts';

/** Nothing but what the page itself brings: no other host, no inline script, no frame around it. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Two years, as browsers' preload lists ask for at least one. */
const HSTS = 'max-age=63072000; includeSubDomains';

/**
 * What tells browsers to trust an answer as little as possible. Set on the answer itself: `c.header` makes a new
 * one for each header, whose body is then read as a stream.
 */
export function securityHeaders(
  settings: Pick<ServerSettings, 'publicUrl'>,
): MiddlewareHandler<AppEnv> {
  const headers: Record<string, string> = {
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    ...(isSecure(settings) ? { 'Strict-Transport-Security': HSTS } : {}),
  };
  return createMiddleware<AppEnv>(async (c, next) => {
    await next();
    const { headers: answered } = c.res;
    for (const [name, value] of Object.entries(headers)) answered.set(name, value);
    // What the API tells is for whoever asked, and no cache is to show it to the next.
    if (!answered.has('Cache-Control')) answered.set('Cache-Control', 'no-store');
  });
}
