import { NetworkFailure } from './problem-error.ts';
import { isAnythingThere } from './reachability.ts';

/** A request that takes so long asks whether there is still somebody who could answer it, again and again; in ms. */
const PATIENCE_MS = 10_000;

/**
 * As `fetch`, which waits as long as a browser does for an answer that is lost, which can be minutes: where the
 * network went away after the request was sent, nobody tells. A service that works on it may take its time.
 *
 * @throws NetworkFailure nothing answers
 */
export async function patientFetch(
  input: RequestInfo | URL,
  init: RequestInit = {},
): Promise<Response> {
  const lost = new AbortController();
  const looking = setInterval(async () => {
    if (!(await isAnythingThere())) lost.abort();
  }, PATIENCE_MS);
  const signals = [lost.signal, ...(init.signal ? [init.signal] : [])];
  try {
    return await fetch(input, { ...init, signal: AbortSignal.any(signals) });
  } catch (error) {
    // Whoever asked does not want to know any more.
    if (init.signal?.aborted === true) throw error;
    throw new NetworkFailure(error);
  } finally {
    clearInterval(looking);
  }
}
