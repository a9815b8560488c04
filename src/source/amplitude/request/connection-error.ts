import { unavailableError } from './answer-error.ts';
import { BrokenConnectionError } from './http-get.ts';
import { StallError } from './stall-watch.ts';

/** What the codes of a broken connection mean to a person; any other code is shown as it is. */
const MEANINGS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name of the host cannot be resolved',
  EAI_AGAIN: 'the name of the host cannot be resolved at the moment',
  ECONNREFUSED: 'the host refuses connections',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'the host cannot be reached in time',
  ENETUNREACH: 'there is no network to the host',
  EHOSTUNREACH: 'there is no network to the host',
};

/**
 * Turns what broke below HTTP into `amplitude_unavailable`. Anything else is returned as it is, for it is
 * not about the connection.
 */
export function connectionError(thrown: unknown, chartId: string, baseUrl: string): unknown {
  if (thrown instanceof StallError) return unavailableError(chartId, thrown.message, thrown);
  if (!(thrown instanceof BrokenConnectionError)) return thrown;
  const { cause } = thrown;
  const code = codeOf(cause);
  const what = `${MEANINGS[code] ?? thrown.message} (${new URL(baseUrl).host}${code === '' ? '' : `, ${code}`})`;
  return unavailableError(chartId, what, cause);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}
