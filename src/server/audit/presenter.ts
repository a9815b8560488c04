import type { z } from '@hono/zod-openapi';
import type { AuditRecord } from '../../state/audit.ts';
import type { auditEntrySchema } from './schema.ts';

/** A change as the API shows it. */
export function presentAuditEntry(entry: AuditRecord): z.output<typeof auditEntrySchema> {
  return {
    id: entry.id,
    at: entry.at,
    actor: entry.actor,
    action: entry.action,
    target: entry.target,
    details: { ...entry.details },
    request_id: entry.requestId,
  };
}
