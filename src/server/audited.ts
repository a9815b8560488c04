import { isDeepStrictEqual } from 'node:util';
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { AppContext, AppEnv } from './app-env.ts';
import type { AuditTarget } from './services.ts';

/**
 * Writes a change into the audit trail, with who asked for it. Call it once the change is made.
 *
 * @param action `noun.verb` in the past, such as `source.paused`
 * @param details what changed, without secrets
 */
export async function audited(
  c: AppContext,
  action: string,
  target: AuditTarget,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  c.set('wasAudited', true);
  await c.get('services').audit.append({
    actor: c.get('actor'),
    action,
    target,
    details,
    requestId: c.get('requestId'),
  });
}

/** What the audit trail keeps of fields that were changed: those with another value, as they were and as they are. */
export function fieldChanges(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): { readonly before: Record<string, unknown>; readonly after: Record<string, unknown> } {
  const changed = Object.keys(after).filter(
    (field) => !isDeepStrictEqual(before[field], after[field]),
  );
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(changed.map((field) => [field, from[field]]));
  return { before: pick(before), after: pick(after) };
}

/**
 * Sees to it that no change goes unrecorded: where a handler succeeded without writing its own entry,
 * one is written that names the operation and the path.
 */
export function auditsChanges(operationId: string, noun: string): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    await next();
    if (c.get('wasAudited') || !c.res.ok || !c.get('principal')) return;
    const id = Object.values(c.req.param()).join('/');
    await audited(c, operationId, { type: noun, id, name: id });
  });
}
