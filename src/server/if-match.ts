import { z } from '@hono/zod-openapi';
import { ChartliftError } from '../errors.ts';

/** The header with which a change says what it is a change of (RFC 9110 §13.1.1). */
export const REVISION_HEADER = z.object({
  'if-match': z.string().max(100).optional().meta({
    description: 'The `revision` that you have seen; the change is refused if it is another one.',
  }),
});

/** The revision that was seen; undefined where any will do. */
export function readRevision(headers: z.output<typeof REVISION_HEADER>): number | undefined {
  const text = headers['if-match'];
  if (text === undefined || text === '*') return undefined;
  const [, revision] = /^(?:W\/)?"?(\d{1,12})"?$/.exec(text) ?? [];
  if (revision !== undefined) return Number(revision);
  throw new ChartliftError(
    'request_invalid',
    'The header If-Match names no revision.',
    'Send the number that `revision` shows, such as If-Match: "3".',
  );
}
