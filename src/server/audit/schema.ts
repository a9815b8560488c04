import { z } from '@hono/zod-openapi';
import { pageQuery, timeSchema } from '../page-query.ts';

export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: timeSchema,
    actor: z.object({
      type: z.enum(['user', 'token', 'system']),
      id: z.string(),
      name: z.string(),
    }),
    action: z.string().meta({ description: 'What was done.', example: 'source.paused' }),
    target: z.object({
      type: z.string().meta({ example: 'source' }),
      id: z.string(),
      name: z.string(),
    }),
    details: z.record(z.string(), z.unknown()).meta({ description: 'What changed.' }),
    request_id: z.string().nullable().meta({ description: 'Finds the request in the log.' }),
  })
  .meta({ id: 'AuditEntry', description: 'One change that somebody made.' });

export const auditQuerySchema = z.object({
  ...pageQuery,
  actor_id: z.string().max(200).optional().meta({ description: 'Made by this user or token.' }),
  action: z.string().max(100).optional().meta({ description: 'Such as source.paused.' }),
  target_type: z.string().max(100).optional().meta({ description: 'Such as source.' }),
  target_id: z.string().max(400).optional(),
  since: z.iso
    .datetime({ offset: true, error: 'is not a time; write it as 2026-01-31T06:30:00Z' })
    .optional()
    .meta({ description: 'Then or later, ISO 8601.' }),
});
