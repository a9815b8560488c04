import { z } from 'zod';
import { ChartliftError, ERROR_FACTS, type ErrorCode, type FieldIssue } from '../../errors.ts';

/** The members of a problem that people and exit codes need (RFC 9457). */
const problemSchema = z.object({
  detail: z.string(),
  code: z.string(),
  help: z.string(),
  issues: z
    .array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() }))
    .default([]),
  place: z.object({ line: z.number(), column: z.number() }).nullable().default(null),
});

/**
 * The error that a problem of the API tells of, with the same code; null if the body is no problem.
 *
 * @param body what the service answered, as text
 */
export function problemError(status: number, body: string): ChartliftError | null {
  const parsed = problemSchema.safeParse(parseJson(body));
  if (!parsed.success) return null;
  const { detail, code, help, issues, place } = parsed.data;
  return new ChartliftError(
    knownCode(code, status),
    messageOf(detail, issues),
    code === 'sign_in_needed'
      ? 'The token may be revoked, expired or of another service: set CHARTLIFT_TOKEN to one that is valid.'
      : help,
    { issues, ...(place === null ? {} : { place }) },
  );
}

/** An error of a check, stream or run as the API shows it, with the same code. */
export function storedError(stored: {
  readonly code: string;
  readonly message: string;
  readonly help: string;
}): ChartliftError {
  return new ChartliftError(knownCode(stored.code, 500), stored.message, stored.help);
}

/** A newer service may know codes that this program does not. */
function knownCode(code: string, status: number): ErrorCode {
  if (isErrorCode(code)) return code;
  return status >= 500 ? 'internal' : 'request_invalid';
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_FACTS, code);
}

/** The issues say it field by field; the detail of such a problem only counts them. */
function messageOf(detail: string, issues: readonly FieldIssue[]): string {
  if (issues.length === 0) return detail;
  return issues.map(({ path, message }) => `${formatPath(path)} ${message}`.trim()).join('\n');
}

/** A path as people write it: `streams[0].table`. */
export function formatPath(path: readonly (string | number)[]): string {
  return path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`))
    .join('');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
