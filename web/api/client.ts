import { type ClientResponse, hc, parseResponse } from 'hono/client';
import type { StatusCode } from 'hono/utils/http-status';
import type { ChartliftApp } from '../../src/server/app.ts';
import { ProblemError, readProblem } from './problem-error.ts';
import { sessionFetch } from './session-fetch.ts';

/** The service's API, typed by the service itself. */
export const api = hc<ChartliftApp>('/', {
  headers: { Accept: 'application/json' },
  fetch: sessionFetch,
}).api.v1;

/**
 * Waits for an answer and reads what it holds; undefined for one without a body.
 *
 * @throws ProblemError what the service answered instead
 * @throws NetworkFailure the service did not answer
 */
export async function read<Answer extends ClientResponse<unknown, StatusCode, string>>(
  asked: Promise<Answer>,
) {
  const response = await asked;
  if (!response.ok) throw new ProblemError(await readProblem(response));
  return parseResponse(response);
}
