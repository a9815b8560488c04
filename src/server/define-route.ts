import { createRoute, type RouteConfig, type z } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './app-env.ts';
import { auditsChanges } from './audited.ts';
import { answersWithin } from './guard/time-limit.ts';
import { IDEMPOTENCY_HEADER, idempotent } from './idempotent.ts';
import { problemSchema } from './problem.ts';
import { type Access, requires } from './requires.ts';

/** The extension of the API's description that says who may use an operation. */
export const ACCESS_EXTENSION = 'x-chartlift-role';

/** A route as OpenAPI describes it; what every route has in common is added by {@link defineRoute}. */
export interface RouteFacts extends Omit<RouteConfig, 'path' | 'middleware' | 'security'> {
  readonly path: string;
  /** Unique in the API, such as `listSources`. */
  readonly operationId: string;
  /** The noun: one, in the plural, as in the path. */
  readonly tags: [string];
  /** What it does, in a few words. */
  readonly summary: string;
}

/** Longer than the longest wait for a lock of the database. */
const TIME_LIMIT_MS = 60_000;

interface RouteTraits {
  /** False for a POST that changes nothing, such as a query: no audit trail, no `Idempotency-Key`. */
  readonly changes?: boolean;
  /** How long it may take until the answer begins, in ms; 60 s by default. */
  readonly timeLimitMs?: number;
  /** The answer holds a secret: it must not be kept for repeated requests. */
  readonly secretAnswer?: boolean;
  /** False for a POST that cannot be repeated by key, such as signing in. */
  readonly repeatable?: boolean;
}

/**
 * A route of the API: what `facts` say, and with it who may use it, the problem as every other answer,
 * `Idempotency-Key` on POST, and the audit trail for what changes something.
 */
export function defineRoute<P extends string, R extends RouteFacts & { path: P }>(
  access: Access,
  facts: R,
  traits: RouteTraits = {},
): R {
  const isSafe = facts.method === 'get' || traits.changes === false;
  const takesKey = facts.method === 'post' && !isSafe && traits.repeatable !== false;
  const middleware: MiddlewareHandler<AppEnv>[] = [
    requires(access),
    answersWithin(traits.timeLimitMs ?? TIME_LIMIT_MS),
  ];
  if (takesKey) middleware.push(idempotent(traits.secretAnswer === true));
  if (!isSafe) middleware.push(auditsChanges(facts.operationId, facts.tags[0]));
  return createRoute({
    ...facts,
    middleware,
    security: access === 'anyone' ? [] : [{ token: [] }, { session: [] }],
    [ACCESS_EXTENSION]: access,
    ...(takesKey ? { parameters: [...(facts.parameters ?? []), keyParameter] } : {}),
    responses: { ...facts.responses, default: problemResponse },
  });
}

const problemResponse = {
  description: 'An error.',
  content: { 'application/problem+json': { schema: problemSchema } },
};

const keyParameter = {
  name: IDEMPOTENCY_HEADER,
  in: 'header' as const,
  required: false,
  description: 'A text of your own; the same request sent again with it is carried out once.',
  schema: { type: 'string' as const, maxLength: 200 },
};

/** A JSON body of a request or answer, for `request.body` and `responses`. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { 'application/json': { schema } };
}
