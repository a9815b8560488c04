import { z } from '@hono/zod-openapi';
import { ROLES } from '../../state/actor.ts';
import { passwordSchema, userSchema } from '../users/schema.ts';

export const credentialsSchema = z
  .strictObject({
    email: z.string().min(1, 'is missing').max(254),
    password: z.string().min(1, 'is missing').max(1000).meta({ format: 'password' }),
  })
  .meta({ id: 'Credentials' });

export const sessionSchema = z
  .object({
    actor: z.object({
      type: z.enum(['user', 'token', 'system']),
      id: z.string(),
      name: z.string(),
    }),
    role: z.enum(ROLES),
    by: z
      .enum(['session', 'token', 'environment'])
      .meta({ description: 'How it was proved: a cookie, a token, or CHARTLIFT_API_TOKEN.' }),
    user: userSchema.nullable().meta({ description: 'Null for the token of the environment.' }),
  })
  .meta({ id: 'Session', description: 'Who asks, and what they may do.' });

export const passwordChangeSchema = z
  .strictObject({
    current_password: z.string().min(1, 'is missing').max(1000).meta({ format: 'password' }),
    new_password: passwordSchema,
  })
  .meta({ id: 'PasswordChange' });
