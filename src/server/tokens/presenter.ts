import type { z } from '@hono/zod-openapi';
import type { TokenRecord } from '../../state/tokens.ts';
import type { tokenSchema } from './schema.ts';

/** A token as the API shows it. */
export function presentToken(token: TokenRecord): z.output<typeof tokenSchema> {
  return {
    id: token.id,
    name: token.name,
    hint: token.hint,
    role: token.role,
    created_at: token.createdAt,
    created_by: token.createdBy,
    expires_at: token.expiresAt,
    last_used_at: token.lastUsedAt,
    revoked_at: token.revokedAt,
  };
}
