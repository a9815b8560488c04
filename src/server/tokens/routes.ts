import { OpenAPIHono, z } from '@hono/zod-openapi';
import { ChartliftError } from '../../errors.ts';
import { includesRole } from '../../state/actor.ts';
import type { AppContext, AppEnv } from '../app-env.ts';
import { audited } from '../audited.ts';
import { createApiToken } from '../auth/api-token.ts';
import { defineRoute, jsonBody } from '../define-route.ts';
import { idParam, pageOf, pageQuery, presentPage } from '../page-query.ts';
import type { Services } from '../services.ts';
import { presentToken } from './presenter.ts';
import { createdTokenSchema, newTokenSchema, tokenSchema } from './schema.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const listTokens = defineRoute('admin', {
  method: 'get',
  path: '/tokens',
  operationId: 'listTokens',
  tags: ['tokens'],
  summary: 'List the tokens',
  description: 'Newest first, those that no longer work included.',
  request: { query: z.object(pageQuery) },
  responses: { 200: { description: 'A page of tokens.', content: jsonBody(pageOf(tokenSchema)) } },
});

const createToken = defineRoute(
  'viewer',
  {
    method: 'post',
    path: '/tokens',
    operationId: 'createToken',
    tags: ['tokens'],
    summary: 'Make a token',
    description:
      'A token may do what its role may, at most what you may, and works as long as you may sign in. One that is made with a token does not outlast it.',
    request: { body: { required: true, content: jsonBody(newTokenSchema) } },
    responses: { 201: { description: 'The token.', content: jsonBody(createdTokenSchema) } },
  },
  { secretAnswer: true },
);

const revokeToken = defineRoute('viewer', {
  method: 'delete',
  path: '/tokens/{id}',
  operationId: 'revokeToken',
  tags: ['tokens'],
  summary: 'Revoke a token',
  description: 'It stops working at once. Tokens of others only for administrators.',
  request: { params: idParam },
  responses: { 204: { description: 'It no longer works.' } },
});

/** Tokens for programs. */
export function tokenRoutes(services: Pick<Services, 'tokens' | 'clock'>) {
  const { tokens, clock } = services;
  return new OpenAPIHono<AppEnv>()
    .openapi(listTokens, async (c) => {
      const page = await tokens.list(c.req.valid('query'));
      return c.json(presentPage(page, presentToken), 200);
    })
    .openapi(createToken, async (c) => {
      const { name, role, expires_in_days: days } = c.req.valid('json');
      if (!includesRole(c.get('role'), role)) throw roleTooHigh();
      const { token, hash, hint } = createApiToken();
      const wanted = days === null ? null : new Date(clock.now() + days * DAY_MS).toISOString();
      const expiresAt = earlier(wanted, await ownExpiry(c, tokens));
      const createdBy = userIdOf(c);
      const record = await tokens.create({ name, hash, hint, role, expiresAt, createdBy });
      await audited(
        c,
        'token.created',
        { type: 'token', id: record.id, name },
        { role, expiresAt },
      );
      return c.json({ ...presentToken(record), token }, 201);
    })
    .openapi(revokeToken, async (c) => {
      const { id } = c.req.valid('param');
      const token = await tokens.get(id);
      // A token that may little must not end one that may more, although both are of the same maker.
      const isOwn = token?.createdBy === userIdOf(c) && includesRole(c.get('role'), token.role);
      if (!token || !(isOwn || c.get('role') === 'admin')) throw tokenUnknown();
      await tokens.revoke(id);
      await audited(c, 'token.revoked', { type: 'token', id, name: token.name });
      return c.body(null, 204);
    });
}

/** Tokens made with a token belong to whoever answers for that one. */
function userIdOf(c: AppContext): string {
  return c.get('principal')?.userId ?? c.get('actor').id;
}

/** Until when the token works that asks; null: for good, or it is a person who asks. */
async function ownExpiry(c: AppContext, tokens: Services['tokens']): Promise<string | null> {
  if (c.get('principal')?.by !== 'token') return null;
  return (await tokens.get(c.get('actor').id))?.expiresAt ?? null;
}

/** Whoever finds a token must not keep what it may by making another one that lasts longer. */
function earlier(wanted: string | null, limit: string | null): string | null {
  if (wanted === null || limit === null) return wanted ?? limit;
  return wanted < limit ? wanted : limit;
}

function roleTooHigh(): ChartliftError {
  return new ChartliftError(
    'fields_invalid',
    'A token cannot do more than the one who makes it.',
    'Choose a role that you have.',
    { issues: [{ path: ['role'], message: 'is more than you may do' }] },
  );
}

function tokenUnknown(): ChartliftError {
  return new ChartliftError('not_found', 'There is no such token.', 'List them at /api/v1/tokens.');
}
