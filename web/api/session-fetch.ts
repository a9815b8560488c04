import { patientFetch } from './patient-fetch.ts';
import { sessionEnded } from './session-end.ts';

/** Who is signed in is asked and changed here: a refusal is the answer. */
const SESSION = '/api/v1/session';

/**
 * As `patientFetch`. When the session has ended, a request waits beneath the dialog for whoever signs in again
 * and is then sent again: it was refused before it did anything (RFC 9110 §15.5.2).
 */
export async function sessionFetch(
  input: RequestInfo | URL,
  init?: RequestInit,
): Promise<Response> {
  const path = new URL(input instanceof Request ? input.url : input, location.origin).pathname;
  for (;;) {
    const response = await patientFetch(input, init);
    if (response.status !== 401 || path === SESSION) return response;
    sessionEnded.announce();
    if (!sessionEnded.hasEnded() || !(await sessionEnded.untilBegun(init?.signal))) return response;
  }
}
