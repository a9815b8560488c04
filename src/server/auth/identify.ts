import { timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { ChartliftError } from '../../errors.ts';
import { ROLES, type Role } from '../../state/actor.ts';
import type { AppEnv, Principal } from '../app-env.ts';
import type { Services } from '../services.ts';
import type { ServerSettings } from '../settings.ts';
import type { UserRecord } from './accounts.ts';
import { hashSecret } from './api-token.ts';

/** Who the token of the environment is, in the audit trail and as the maker of further tokens. */
export const ENVIRONMENT_ID = 'environment';

const BEARER = /^Bearer +(\S{1,500})$/i;

type Known = Pick<Services, 'tokens' | 'accounts' | 'clock'>;
type Settings = Pick<ServerSettings, 'apiTokenHash'>;

/**
 * Finds out who asks: by `Authorization: Bearer`, else by the session's cookie. A token that does not work
 * is refused at once, so that nobody goes on as nobody, or as whoever the cookie names.
 *
 * @throws {ChartliftError} `sign_in_needed`
 */
export function identifies(services: Known, settings: Settings): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    const { headers } = c.req.raw;
    const found = await identify(services, settings, headers);
    c.set('principal', found.principal);
    c.set('sessionCookies', found.cookies);
    c.set('isStillKnown', async () => {
      const again = await identify(services, settings, headers).catch(() => null);
      return again?.principal?.userId === found.principal?.userId;
    });
    await next();
    // The library gives a session that is used some more days; a handler's own cookies come first.
    const { headers: answered } = c.res;
    if (!answered.has('Set-Cookie')) {
      for (const cookie of c.get('sessionCookies')) answered.append('Set-Cookie', cookie);
    }
  });
}

/** Who asks with these headers, and the cookies that keep their session alive. */
async function identify(
  services: Known,
  settings: Settings,
  headers: Headers,
): Promise<{ readonly principal: Principal | null; readonly cookies: readonly string[] }> {
  const authorization = headers.get('Authorization');
  if (authorization !== null) {
    const [, token] = BEARER.exec(authorization) ?? [];
    const principal =
      token === undefined ? null : await byToken(services, settings, hashSecret(token));
    if (!principal) throw tokenRefused();
    return { principal, cookies: [] };
  }
  const session = headers.has('Cookie') ? await services.accounts.sessionOf(headers) : null;
  if (session === null) return { principal: null, cookies: [] };
  return { principal: toPrincipal(session.user), cookies: session.cookies };
}

function toPrincipal(user: UserRecord): Principal {
  return {
    actor: { type: 'user', id: user.id, name: user.name },
    role: user.role,
    userId: user.id,
    by: 'session',
  };
}

async function byToken(
  { tokens, accounts, clock }: Known,
  { apiTokenHash }: Settings,
  hash: string,
): Promise<Principal | null> {
  // Hashes are compared, so that no timing tells how much of a token was right.
  if (apiTokenHash !== null && timingSafeEqual(Buffer.from(hash), Buffer.from(apiTokenHash))) {
    return {
      actor: { type: 'token', id: ENVIRONMENT_ID, name: 'CHARTLIFT_API_TOKEN' },
      role: 'admin',
      userId: ENVIRONMENT_ID,
      by: 'environment',
    };
  }
  const token = await tokens.findByHash(hash);
  if (!token || token.revokedAt !== null) return null;
  if (token.expiresAt !== null && Date.parse(token.expiresAt) <= clock.now()) return null;
  const limit = await roleOfMaker(accounts, token.createdBy);
  if (limit === null) return null;
  await tokens.touch(token.id);
  return {
    actor: { type: 'token', id: token.id, name: token.name },
    role: lesser(token.role, limit),
    userId: token.createdBy,
    by: 'token',
  };
}

/** What whoever made a token may do today; null if they may do nothing any more. */
async function roleOfMaker(accounts: Services['accounts'], id: string): Promise<Role | null> {
  if (id === ENVIRONMENT_ID) return 'admin';
  const user = await accounts.user(id);
  return user === null || user.disabledAt !== null ? null : user.role;
}

function lesser(one: Role, other: Role): Role {
  return ROLES.indexOf(one) < ROLES.indexOf(other) ? one : other;
}

function tokenRefused(): ChartliftError {
  return new ChartliftError(
    'sign_in_needed',
    'The token does not work.',
    'It may be mistyped, revoked or expired, or whoever made it has left. Make a new one: POST /api/v1/tokens.',
  );
}
