import { OpenAPIHono } from '@hono/zod-openapi';
import { ChartliftError } from '../../errors.ts';
import type { AppContext, AppEnv } from '../app-env.ts';
import { audited } from '../audited.ts';
import type { UserRecord } from '../auth/accounts.ts';
import type { SignInLimit } from '../auth/sign-in-limit.ts';
import { presentPage } from '../page-query.ts';
import { publicAddress } from '../public-address.ts';
import type { Services } from '../services.ts';
import type { ServerSettings } from '../settings.ts';
import {
  acceptInvitation,
  createUser,
  getUser,
  inviteUser,
  listUsers,
  setPassword,
  updateUser,
} from './definitions.ts';
import { presentUser } from './presenter.ts';

/** People who may sign in. */
export function userRoutes(
  { accounts }: Pick<Services, 'accounts'>,
  settings: Pick<ServerSettings, 'publicUrl'>,
  limit: SignInLimit,
) {
  async function createInvitation(c: AppContext, id: string) {
    const { secret, expiresAt } = await accounts.invite(id);
    const link = `${publicAddress(c, settings)}/invitation#token=${secret}`;
    return { link, expires_at: expiresAt };
  }

  return new OpenAPIHono<AppEnv>()
    .openapi(listUsers, async (c) => {
      const page = await accounts.list(c.req.valid('query'));
      return c.json(presentPage(page, presentUser), 200);
    })
    .openapi(createUser, async (c) => {
      const { password, ...fields } = c.req.valid('json');
      const user = await accounts.create({ ...fields, password: password ?? null });
      await audited(c, 'user.created', target(user), { email: user.email, role: user.role });
      const invitation = password === undefined ? await createInvitation(c, user.id) : null;
      return c.json({ ...presentUser(user), invitation }, 201);
    })
    .openapi(getUser, async (c) => {
      const user = await accounts.user(c.req.valid('param').id);
      if (!user) throw userUnknown();
      return c.json(presentUser(user), 200);
    })
    .openapi(updateUser, async (c) => {
      const patch = c.req.valid('json');
      const user = await accounts.update(c.req.valid('param').id, patch);
      await audited(c, 'user.updated', target(user), patch);
      return c.json(presentUser(user), 200);
    })
    .openapi(setPassword, async (c) => {
      const { id } = c.req.valid('param');
      const user = await accounts.setPassword(id, c.req.valid('json').password);
      await audited(c, 'user.password_set', target(user));
      return c.body(null, 204);
    })
    .openapi(inviteUser, async (c) => {
      const user = await accounts.user(c.req.valid('param').id);
      if (!user) throw userUnknown();
      const invitation = await createInvitation(c, user.id);
      await audited(c, 'user.invited', target(user));
      return c.json(invitation, 201);
    })
    .openapi(acceptInvitation, async (c) => {
      limit.take(c, null);
      const { token, password } = c.req.valid('json');
      const user = await accounts.acceptInvitation(token, password);
      if (!user) throw invitationUnknown();
      limit.clear(c, null);
      c.set('actor', { type: 'user', id: user.id, name: user.name });
      await audited(c, 'user.invitation_accepted', target(user));
      return c.body(null, 204);
    });
}

function target(user: UserRecord) {
  return { type: 'user', id: user.id, name: user.name };
}

function userUnknown(): ChartliftError {
  return new ChartliftError('not_found', 'There is no such user.', 'List them at /api/v1/users.');
}

function invitationUnknown(): ChartliftError {
  return new ChartliftError(
    'forbidden',
    'The invitation does not hold.',
    'It works once and for seven days. Ask an administrator for a new one.',
  );
}
