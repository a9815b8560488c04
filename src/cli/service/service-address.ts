import { ChartliftError } from '../../errors.ts';

/** Where a service listens unless told otherwise. */
export const DEFAULT_SERVICE_URL = 'http://127.0.0.1:4860';

/** Where the service is, and what opens it. */
export interface ServiceAddress {
  /** Scheme, host and port, without a slash at the end. */
  readonly url: string;
  readonly token: string;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The service that a command talks to: `CHARTLIFT_URL`, and `CHARTLIFT_TOKEN` or else
 * `CHARTLIFT_API_TOKEN`. A token is never an option: other users of a machine can see those.
 *
 * @throws ChartliftError `config_invalid`, `sign_in_needed`
 */
export function readServiceAddress(
  env: Readonly<Record<string, string | undefined>>,
): ServiceAddress {
  const url = readUrl(env['CHARTLIFT_URL']?.trim() || DEFAULT_SERVICE_URL);
  const token = env['CHARTLIFT_TOKEN']?.trim() || env['CHARTLIFT_API_TOKEN']?.trim();
  if (!token) {
    throw new ChartliftError(
      'sign_in_needed',
      'There is no token to talk to the service with.',
      'Set CHARTLIFT_TOKEN to an API token of yours, or CHARTLIFT_API_TOKEN to the one that the service was started with.',
    );
  }
  // A token goes into a header: other characters could begin another one (RFC 9110 §5.5).
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new ChartliftError(
      'sign_in_needed',
      'The token holds characters that no token has.',
      'Copy it again, without line breaks or spaces.',
    );
  }
  return { url, token };
}

/** Whether what is sent there, keys included, can be read on its way. */
export function isReadableOnTheWay({ url }: Pick<ServiceAddress, 'url'>): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !LOOPBACK.has(hostname);
}

function readUrl(text: string): string {
  const url = URL.parse(text);
  const isPlain =
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === '';
  if (isPlain) return url.origin;
  throw new ChartliftError(
    'config_invalid',
    'CHARTLIFT_URL is not the address of a service.',
    `Give scheme, host and port and nothing more, such as ${DEFAULT_SERVICE_URL}.`,
  );
}
