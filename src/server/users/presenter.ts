import type { z } from '@hono/zod-openapi';
import type { UserRecord } from '../auth/accounts.ts';
import type { userSchema } from './schema.ts';

/** A user as the API shows them. */
export function presentUser(user: UserRecord): z.output<typeof userSchema> {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role,
    created_at: user.createdAt,
    disabled_at: user.disabledAt,
    invited_until: user.invitedUntil,
  };
}
