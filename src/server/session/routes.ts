import { OpenAPIHono, type z } from '@hono/zod-openapi';
import { ChartliftError } from '../../errors.ts';
import type { AppContext, AppEnv, Principal } from '../app-env.ts';
import { audited } from '../audited.ts';
import type { UserRecord } from '../auth/accounts.ts';
import type { SignInLimit } from '../auth/sign-in-limit.ts';
import { defineRoute, jsonBody } from '../define-route.ts';
import type { Services } from '../services.ts';
import { presentUser } from '../users/presenter.ts';
import { credentialsSchema, passwordChangeSchema, sessionSchema } from './schema.ts';

const signIn = defineRoute(
  'anyone',
  {
    method: 'post',
    path: '/session',
    operationId: 'signIn',
    tags: ['session'],
    summary: 'Sign in',
    description: 'Sets a cookie. Programs send a token instead: Authorization: Bearer cl_…',
    request: { body: { required: true, content: jsonBody(credentialsSchema) } },
    responses: { 200: { description: 'Who you are now.', content: jsonBody(sessionSchema) } },
  },
  { repeatable: false },
);

const showSession = defineRoute('viewer', {
  method: 'get',
  path: '/session',
  operationId: 'showSession',
  tags: ['session'],
  summary: 'Who am I',
  responses: { 200: { description: 'Who asks.', content: jsonBody(sessionSchema) } },
});

const signOut = defineRoute('anyone', {
  method: 'delete',
  path: '/session',
  operationId: 'signOut',
  tags: ['session'],
  summary: 'Sign out',
  description: 'Ends the session of the cookie.',
  responses: { 204: { description: 'Nobody is signed in.' } },
});

const changePassword = defineRoute('viewer', {
  method: 'put',
  path: '/session/password',
  operationId: 'changePassword',
  tags: ['session'],
  summary: 'Change the own password',
  description: 'Ends all other sessions.',
  request: { body: { required: true, content: jsonBody(passwordChangeSchema) } },
  responses: { 204: { description: 'It is changed.' } },
});

/** Signing in and out, and the own password. */
export function sessionRoutes({ accounts }: Pick<Services, 'accounts'>, limit: SignInLimit) {
  return new OpenAPIHono<AppEnv>()
    .openapi(signIn, async (c) => {
      const { email, password } = c.req.valid('json');
      limit.take(c, email);
      const session = await accounts.signIn(email, password, c.req.raw.headers);
      if (!session) throw wrongCredentials();
      limit.clear(c, email);
      setCookies(c, session.cookies);
      const { user } = session;
      const actor = { type: 'user' as const, id: user.id, name: user.name };
      c.set('actor', actor);
      await audited(c, 'session.created', { type: 'user', id: user.id, name: user.name });
      return c.json(present({ actor, role: user.role, userId: user.id, by: 'session' }, user), 200);
    })
    .openapi(showSession, async (c) => {
      const principal = c.get('principal');
      if (!principal) throw wrongCredentials();
      return c.json(present(principal, await accounts.user(principal.userId)), 200);
    })
    .openapi(signOut, async (c) => {
      setCookies(c, await accounts.signOut(c.req.raw.headers));
      const principal = c.get('principal');
      if (principal?.by === 'session') {
        const { id, name } = principal.actor;
        await audited(c, 'session.ended', { type: 'user', id, name });
      }
      return c.body(null, 204);
    })
    .openapi(changePassword, async (c) => {
      const { current_password: current, new_password: next } = c.req.valid('json');
      const user = await ownUser(c);
      limit.take(c, user.email);
      const cookies = await accounts.changePassword(user, current, next, c.req.raw.headers);
      if (!cookies) throw wrongPassword();
      limit.clear(c, user.email);
      setCookies(c, cookies);
      await audited(c, 'user.password_changed', { type: 'user', id: user.id, name: user.name });
      return c.body(null, 204);
    });

  /** Only a person in a session has a password to change: a token is not to outlive its maker's trust. */
  async function ownUser(c: AppContext): Promise<UserRecord> {
    const principal = c.get('principal');
    const user = principal?.by === 'session' ? await accounts.user(principal.userId) : null;
    if (user) return user;
    throw new ChartliftError(
      'forbidden',
      'A token has no password.',
      'Sign in, and change the password there.',
    );
  }
}

function present(
  { actor, role, by }: Principal,
  user: UserRecord | null,
): z.output<typeof sessionSchema> {
  return { actor, role, by, user: user && presentUser(user) };
}

function setCookies(c: AppContext, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true });
}

/** The same words whether or not there is such an account. */
function wrongCredentials(): ChartliftError {
  return new ChartliftError(
    'sign_in_needed',
    'E-mail address and password do not belong together.',
    'Check both, or ask an administrator for a new password.',
  );
}

function wrongPassword(): ChartliftError {
  return new ChartliftError(
    'fields_invalid',
    'The current password is wrong.',
    'Give the password that you signed in with.',
    { issues: [{ path: ['current_password'], message: 'is wrong' }] },
  );
}
