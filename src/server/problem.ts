import { z } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import type { ZodError } from 'zod';
import { ChartliftError, type ErrorCode, type FieldIssue, toChartliftError } from '../errors.ts';
import type { AppContext } from './app-env.ts';

/** RFC 9457 §3: what every answer that is an error holds. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'A page about this kind of error.' }),
    title: z.string().meta({ description: 'The kind of error, in words.' }),
    status: z.int().meta({ description: 'The HTTP status.' }),
    detail: z.string().meta({ description: 'What happened.' }),
    code: z
      .string()
      .meta({ description: 'The kind of error, for programs.', example: 'not_found' }),
    help: z.string().meta({ description: 'What to do about it.' }),
    issues: z
      .array(
        z.object({
          path: z.array(z.union([z.string(), z.int()])),
          message: z.string(),
        }),
      )
      .meta({ description: 'Field by field, what cannot be used.' }),
    place: z
      .object({ line: z.int(), column: z.int() })
      .nullable()
      .meta({ description: 'Where in a text, such as a query, it is wrong; both count from 1.' }),
    request_id: z.string().meta({ description: 'Finds the request in the log.' }),
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457).' });

export type Problem = z.output<typeof problemSchema>;

/** Where `type` of a problem leads: the reference of this very service (RFC 9457 §3.1.1 allows relative URIs). */
const ERROR_PAGE = '/api/docs';

/** The problem that tells of `error`; an `internal` one says no more than that it happened. */
export function presentProblem(error: ChartliftError, requestId: string): Problem {
  const isFault = error.code === 'internal';
  return {
    type: `${ERROR_PAGE}#error-${error.code}`,
    title: titleOf(error.code),
    status: error.httpStatus,
    detail: isFault ? 'The request could not be carried out.' : error.message,
    code: error.code,
    help: isFault
      ? 'This is a fault in chartlift. Its log has more, under the id of this request.'
      : error.hint,
    issues: error.issues.map(({ path, message }) => ({ path: [...path], message })),
    place: error.place,
    request_id: requestId,
  };
}

/** Answers with the problem that tells of whatever was thrown, and logs what is a fault of ours. */
export function answerProblem(c: AppContext, thrown: unknown): Response {
  const error = toRequestError(thrown);
  if (error.httpStatus >= 500) c.get('logger').error({ err: thrown }, error.message);
  const problem = presentProblem(error, c.get('requestId'));
  return c.body(JSON.stringify(problem), error.httpStatus, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    // The rest of the body still comes; it is not to be taken for the next request (RFC 9112 §9.3).
    ...(error.code === 'request_too_large' ? { Connection: 'close' } : {}),
  });
}

/** What zod found wrong in one part of a request. */
export function toFieldsError(error: ZodError, target: string): ChartliftError {
  const issues = error.issues.flatMap((issue) => issuesOf(issue));
  if (target === 'json') {
    return new ChartliftError(
      'fields_invalid',
      'Some fields cannot be used.',
      'Correct the fields that are named and send the request again.',
      { issues },
    );
  }
  return new ChartliftError(
    'request_invalid',
    `The request's ${target === 'param' ? 'path' : target} cannot be used.`,
    'Correct the parameters that are named and send the request again.',
    { issues },
  );
}

function issuesOf(issue: ZodError['issues'][number]): FieldIssue[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: 'is not a known field' }));
  }
  return [{ path, message: issue.message }];
}

function toRequestError(thrown: unknown): ChartliftError {
  if (thrown instanceof HTTPException) return fromHttpException(thrown);
  if (isCutOff(thrown)) {
    return new ChartliftError(
      'request_invalid',
      'The connection ended before the body did.',
      'Send the request again.',
      { cause: thrown },
    );
  }
  return toChartliftError(thrown);
}

/** What Node throws while a body is read whose sender goes away: no fault of ours. */
function isCutOff(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    thrown.message === 'aborted' &&
    'code' in thrown &&
    thrown.code === 'ECONNRESET'
  );
}

/** Hono's own refusals: a body that is no JSON, a content type that the route does not take. */
function fromHttpException(exception: HTTPException): ChartliftError {
  if (exception.status === 415) {
    return new ChartliftError(
      'request_invalid',
      'The body is of a type that this request does not take.',
      'Send it as JSON, with the header Content-Type: application/json.',
    );
  }
  if (exception.status < 500) {
    return new ChartliftError(
      'request_invalid',
      exception.message || 'The request cannot be read.',
      'Compare it with the reference at /api/docs.',
    );
  }
  return toChartliftError(exception);
}

function titleOf(code: ErrorCode): string {
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
