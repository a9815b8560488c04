import { OpenAPIHono } from '@hono/zod-openapi';
import type { AppEnv } from '../app-env.ts';
import { defineRoute, jsonBody } from '../define-route.ts';
import { pageOf, presentPage } from '../page-query.ts';
import type { Services } from '../services.ts';
import { presentAuditEntry } from './presenter.ts';
import { auditEntrySchema, auditQuerySchema } from './schema.ts';

const listAudit = defineRoute('admin', {
  method: 'get',
  path: '/audit',
  operationId: 'listAudit',
  tags: ['audit'],
  summary: 'Who changed what',
  description: 'Newest first.',
  request: { query: auditQuerySchema },
  responses: {
    200: { description: 'A page of changes.', content: jsonBody(pageOf(auditEntrySchema)) },
  },
});

/** The audit trail. */
export function auditRoutes({ audit }: Pick<Services, 'audit'>) {
  return new OpenAPIHono<AppEnv>().openapi(listAudit, async (c) => {
    const query = c.req.valid('query');
    const page = await audit.list({
      limit: query.limit,
      cursor: query.cursor,
      actorId: query.actor_id,
      action: query.action,
      targetType: query.target_type,
      targetId: query.target_id,
      // Times are compared as texts, so they have one form.
      since: query.since === undefined ? undefined : new Date(query.since).toISOString(),
    });
    return c.json(presentPage(page, presentAuditEntry), 200);
  });
}
