import { Hono } from 'hono';
import type { AppEnv } from '../app-env.ts';
import { requires } from '../requires.ts';
import type { Services } from '../services.ts';
import type { ServerSettings } from '../settings.ts';

/** What machines ask that watch over the service; no part of the API's description. */
export function probeRoutes(
  { health, metrics }: Pick<Services, 'health' | 'metrics'>,
  { metricsPublic }: Pick<ServerSettings, 'metricsPublic'>,
) {
  return new Hono<AppEnv>()
    .get('/healthz', (c) => c.json({ status: 'alive' }))
    .get('/readyz', async (c) => {
      const reasons = await health.reasons();
      return reasons.length === 0
        ? c.json({ status: 'ready', reasons }, 200)
        : c.json({ status: 'not ready', reasons }, 503);
    })
    .get('/metrics', requires(metricsPublic ? 'anyone' : 'viewer'), async (c) =>
      c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType }),
    );
}
