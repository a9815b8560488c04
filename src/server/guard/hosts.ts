import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { ChartliftError } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';
import type { ServerSettings } from '../settings.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Probes ask by address, which no list can know; what they get tells nothing. */
const PROBES = ['/healthz', '/readyz'];

/**
 * Refuses requests for a host that is not ours: a page of a foreign name that was pointed at our address
 * (DNS rebinding) has that name in `Host`.
 *
 * @throws {ChartliftError} `origin_refused`, `request_invalid`
 */
export function ownHosts(
  settings: Pick<ServerSettings, 'publicUrl' | 'allowedHosts'>,
): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    const host = c.req.header('Host');
    if (countHosts(c.env?.incoming?.rawHeaders ?? []) > 1) {
      throw new ChartliftError(
        'request_invalid',
        'The request names several hosts.',
        'Send one header Host (RFC 9112, section 3.2).',
      );
    }
    if (!PROBES.includes(c.req.path) && !isOwnHost(host, settings)) {
      throw new ChartliftError(
        'origin_refused',
        'This service does not answer under that name.',
        'Use the address that it printed at its start, or allow the name: CHARTLIFT_PUBLIC_URL or CHARTLIFT_ALLOWED_HOSTS.',
      );
    }
    await next();
  });
}

/** @param rawHeaders names and values by turns; Node itself would keep the first of several and say nothing */
function countHosts(rawHeaders: readonly string[]): number {
  return rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === 'host').length;
}

/** Whether `host`, as it stands in the header, is one of ours; ports do not matter. */
export function isOwnHost(
  host: string | undefined,
  settings: Pick<ServerSettings, 'publicUrl' | 'allowedHosts'>,
): boolean {
  const name = host?.toLowerCase().replace(/:\d{1,5}$/, '');
  if (name === undefined || name === '') return false;
  return (
    LOOPBACK.test(name) ||
    name === settings.publicUrl?.hostname ||
    settings.allowedHosts.includes(name)
  );
}
