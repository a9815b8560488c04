import type { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import type { AppEnv } from '../app-env.ts';
import type { ApiDescription } from './api-description.ts';
import { describeApi } from './describe-api.ts';
import { renderReference } from './page.ts';

/** A reference that does not change while the process lives may be kept for a while, in s. */
const CACHE = 'public, max-age=300';

/**
 * The API's description for programs and its reference for people. Both tell nothing about this installation,
 * so anybody may read them.
 *
 * @param app asked at the first request, when all routes are there
 */
export function referenceRoutes(app: () => OpenAPIHono<AppEnv>) {
  let description: ApiDescription | undefined;
  let json: string | undefined;
  let page: string | undefined;
  function described(): ApiDescription {
    description ??= describeApi(app());
    return description;
  }
  return new Hono<AppEnv>()
    .get('/api/openapi.json', (c) => {
      json ??= JSON.stringify(described());
      return c.body(json, 200, {
        'Content-Type': 'application/json',
        'Cache-Control': CACHE,
      });
    })
    .get('/api/docs', (c) => {
      page ??= renderReference(described());
      return c.html(page, 200, { 'Cache-Control': CACHE });
    });
}
