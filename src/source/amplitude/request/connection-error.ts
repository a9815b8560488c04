import { unavailableError } from './answer-error.ts';
import { StallError } from './stall-watch.ts';

/** What the codes of a broken connection mean to a person; any other code is shown as it is. */
const MEANINGS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name of the host cannot be resolved',
  EAI_AGAIN: 'the name of the host cannot be resolved at the moment',
  ECONNREFUSED: 'the host refuses connections',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_CONNECT_TIMEOUT: 'the host cannot be reached in time',
  ETIMEDOUT: 'the host cannot be reached in time',
  ENETUNREACH: 'there is no network to the host',
  EHOSTUNREACH: 'there is no network to the host',
};

/**
 * Turns what `fetch` or its body threw into `amplitude_unavailable`: Node reports everything that
 * breaks below HTTP as a TypeError whose cause tells the rest. Anything else is returned as it is, for
 * it is not about the connection.
 */
export function connectionError(thrown: unknown, chartId: string, baseUrl: string): unknown {
  if (thrown instanceof StallError) return unavailableError(chartId, thrown.message, thrown);
  if (!(thrown instanceof TypeError) || !(thrown.cause instanceof Error)) return thrown;
  const code = codeOf(thrown.cause);
  const meaning = MEANINGS[code] ?? thrown.cause.message;
  const what = `${meaning} (${new URL(baseUrl).host}${code === '' ? '' : `, ${code}`})`;
  return unavailableError(chartId, what, thrown.cause);
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
