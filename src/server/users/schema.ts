import { z } from '@hono/zod-openapi';
import { ROLES } from '../../state/actor.ts';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../auth/password-length.ts';
import { timeSchema } from '../page-query.ts';

/** A password that somebody chooses; NIST SP 800-63B asks for length, not for kinds of characters. */
export const passwordSchema = z
  .string()
  .min(SHORTEST_PASSWORD, `has fewer than ${SHORTEST_PASSWORD} characters`)
  .max(LONGEST_PASSWORD, `has more than ${LONGEST_PASSWORD} characters`)
  .meta({ format: 'password', example: 'a phrase of several words' });

export const nameSchema = z
  .string()
  .trim()
  .min(1, 'is missing')
  .max(100)
  .meta({ description: 'As others see it.', example: 'Ada Lovelace' });

export const emailSchema = z
  .email('is not an e-mail address')
  .max(254)
  .meta({ description: 'Signs in with it.', example: 'ada@example.com' });

export const userSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    created_at: timeSchema,
    disabled_at: timeSchema.nullable().meta({ description: 'Null: they may sign in.' }),
    invited_until: timeSchema.nullable().meta({
      description:
        'Null: they have a password. Else when the invitation with which they set one ends or has ended.',
    }),
  })
  .meta({ id: 'User', description: 'Somebody who may sign in.' });

export const newUserSchema = z
  .strictObject({
    email: emailSchema,
    name: nameSchema,
    role: z.enum(ROLES),
    password: passwordSchema
      .optional()
      .meta({ description: 'Absent: the answer has a link with which they set one.' }),
  })
  .meta({ id: 'NewUser' });

export const invitationSchema = z
  .object({
    link: z.string().meta({ description: 'Give it to them; it works once.' }),
    expires_at: timeSchema,
  })
  .meta({ id: 'Invitation', description: 'Lets somebody set their password once.' });

export const createdUserSchema = userSchema
  .extend({ invitation: invitationSchema.nullable() })
  .meta({ id: 'CreatedUser' });

export const userPatchSchema = z
  .strictObject({
    name: nameSchema.optional(),
    role: z.enum(ROLES).optional(),
    disabled: z
      .boolean()
      .optional()
      .meta({ description: 'True: they and their tokens are shut out at once.' }),
  })
  .meta({ id: 'UserPatch', description: 'What is absent stays as it is.' });

export const newPasswordSchema = z
  .strictObject({ password: passwordSchema })
  .meta({ id: 'NewPassword' });

export const acceptedInvitationSchema = z
  .strictObject({
    token: z.string().min(1).max(200).meta({ description: 'What stands behind # in the link.' }),
    password: passwordSchema,
  })
  .meta({ id: 'AcceptedInvitation' });
