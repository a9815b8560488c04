import { z } from '@hono/zod-openapi';
import { ROLES } from '../../state/actor.ts';
import { timeSchema } from '../page-query.ts';

export const tokenSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    hint: z.string().meta({ description: 'Its first characters.', example: 'cl_3fQ7' }),
    role: z.enum(ROLES),
    created_at: timeSchema,
    created_by: z.string().meta({ description: 'Id of the user who made it.' }),
    expires_at: timeSchema.nullable().meta({ description: 'Null: never.' }),
    last_used_at: timeSchema.nullable(),
    revoked_at: timeSchema.nullable(),
  })
  .meta({ id: 'Token', description: 'A token for programs; the token itself is shown only once.' });

export const newTokenSchema = z
  .strictObject({
    name: z.string().trim().min(1, 'is missing').max(100).meta({ description: 'What it is for.' }),
    role: z.enum(ROLES).meta({ description: 'What it may do; at most what you may.' }),
    expires_in_days: z
      .int()
      .min(1)
      .max(3650)
      .nullable()
      .default(90)
      .meta({ description: 'Null: it never expires.' }),
  })
  .meta({ id: 'NewToken' });

export const createdTokenSchema = tokenSchema
  .extend({ token: z.string().meta({ description: 'The token. It is not shown again.' }) })
  .meta({ id: 'CreatedToken' });
