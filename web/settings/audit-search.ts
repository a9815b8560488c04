import type { AuditFilter } from './settings-queries.ts';

/** How far back the trail can be looked at, in days. */
export const PERIODS = [1, 7, 30, 90] as const;

/** What the address bar says the trail is narrowed to; what makes no sense is left out. */
export function readAuditSearch(search: Readonly<Record<string, unknown>>): AuditFilter {
  const { actor, action, kind, days } = search;
  const period = PERIODS.find((known) => known === days);
  return {
    ...(isText(actor) ? { actor } : {}),
    ...(isText(action) ? { action } : {}),
    ...(isText(kind) ? { kind } : {}),
    ...(period === undefined ? {} : { days: period }),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 100;
}
