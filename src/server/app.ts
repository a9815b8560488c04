import { OpenAPIHono } from '@hono/zod-openapi';
import { ChartliftError } from '../errors.ts';
import type { AppEnv } from './app-env.ts';
import { auditRoutes } from './audit/routes.ts';
import { identifies } from './auth/identify.ts';
import { SignInLimit } from './auth/sign-in-limit.ts';
import { connectorRoutes } from './connectors/routes.ts';
import { accessLog } from './guard/access-log.ts';
import { limitsBodies, limitsNesting } from './guard/bodies.ts';
import { ownHosts } from './guard/hosts.ts';
import { refusesNul } from './guard/nul.ts';
import { requestFacts } from './guard/request-facts.ts';
import { sameOrigin } from './guard/same-origin.ts';
import { securityHeaders } from './guard/security-headers.ts';
import { layerRoutes } from './layers/routes.ts';
import { probeRoutes } from './probes/routes.ts';
import { answerProblem, toFieldsError } from './problem.ts';
import { referenceRoutes } from './reference/routes.ts';
import { runRoutes } from './runs/routes.ts';
import type { Services } from './services.ts';
import { sessionRoutes } from './session/routes.ts';
import type { ServerSettings } from './settings.ts';
import { setupRoutes } from './setup/routes.ts';
import { sourceRoutes } from './sources/routes.ts';
import { sqlRoutes } from './sql/routes.ts';
import { tableRoutes } from './tables/routes.ts';
import { tokenRoutes } from './tokens/routes.ts';
import { triggerRoutes } from './triggers/routes.ts';
import { userRoutes } from './users/routes.ts';
import { validationRoutes } from './validations/routes.ts';
import type { BuiltApp } from './web/built-app.ts';
import { servesApp } from './web/serve-app.ts';

/** Where the API's routes begin. */
export const API_BASE = '/api/v1';

/**
 * The HTTP API and the web app as one handler of requests; `startServer` opens a port for it.
 *
 * @param web null if the web app was not built
 */
export function createApp(services: Services, settings: ServerSettings, web: BuiltApp | null) {
  const app = new OpenAPIHono<AppEnv>();
  app.onError((error, c) => answerProblem(c, error));
  app.notFound((c) => answerProblem(c, nothingThere()));
  app.use(
    requestFacts(services, settings),
    accessLog(),
    securityHeaders(settings),
    ownHosts(settings),
    servesApp(web),
    sameOrigin(settings),
    identifies(services, settings),
    limitsBodies(settings.bodyLimitBytes),
    limitsNesting(),
    refusesNul(),
  );
  app.route('/', probeRoutes(services, settings));
  app.route(
    '/',
    referenceRoutes(() => app),
  );
  return app.route(API_BASE, apiRoutes(services, settings));
}

/** The type of the API, from which clients in TypeScript know its routes. */
export type ChartliftApp = ReturnType<typeof createApp>;

function apiRoutes(services: Services, settings: ServerSettings) {
  const limit = new SignInLimit(services.clock);
  const { service } = services;
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw toFieldsError(result.error, result.target);
    },
  })
    .route('/', sessionRoutes(services, limit))
    .route('/', setupRoutes(services, limit))
    .route('/', userRoutes(services, settings, limit))
    .route('/', tokenRoutes(services))
    .route('/', auditRoutes(services))
    .route('/', connectorRoutes(service))
    .route('/', validationRoutes(service))
    .route('/', triggerRoutes(service))
    .route('/', sourceRoutes(service))
    .route('/', runRoutes(service))
    .route('/', layerRoutes(service))
    .route('/', tableRoutes(service))
    .route('/', sqlRoutes(service));
}

function nothingThere(): ChartliftError {
  return new ChartliftError(
    'not_found',
    'There is nothing under this address.',
    'The reference at /api/docs lists what there is.',
  );
}
