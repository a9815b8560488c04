import type { z } from '@hono/zod-openapi';
import type { checkSchema } from '../../src/server/validations/schema.ts';
import type { Followed } from '../api/follow.ts';

/** What was found out about keys, or about one chart with them. */
export type Check = Pick<z.output<typeof checkSchema>, 'stream' | 'ok' | 'error'>;

/** How far new keys have been checked. */
export interface KeyChecks {
  readonly checks: readonly Check[];
  /** Null while it goes on; `ready`: at least one chart can be read. */
  readonly end: 'ready' | 'failed' | null;
}

export const NOT_CHECKED: KeyChecks = { checks: [], end: null };

/** The checks after one more event; an event that comes twice counts once. */
export function seeCheck(before: KeyChecks, { name, data }: Followed): KeyChecks {
  if (!isRecord(data)) return before;
  if (name === 'ended') {
    return { ...before, end: data['status'] === 'ready' ? 'ready' : 'failed' };
  }
  const stream = typeof data['stream'] === 'string' ? data['stream'] : null;
  if (before.checks.some((check) => check.stream === stream)) return before;
  const error = isRecord(data['error']) ? data['error'] : null;
  const check: Check = {
    stream,
    ok: data['ok'] === true,
    error: error && {
      code: String(error['code']),
      message: String(error['message']),
      help: String(error['help']),
    },
  };
  return { ...before, checks: [...before.checks, check] };
}

/** The charts that were checked, and those that can be read. */
export function chartsOf({ checks }: KeyChecks): { readonly good: number; readonly all: number } {
  const charts = checks.filter(({ stream }) => stream !== null);
  return { good: charts.filter(({ ok }) => ok).length, all: charts.length };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
