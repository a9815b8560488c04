import { ChartliftError } from '../../errors.ts';

/** Where an Amplitude organisation keeps its data. */
export type Region = 'us' | 'eu';

/** The hosts of the Dashboard REST API (reference §1.2). */
export const REGION_BASE_URLS: Readonly<Record<Region, string>> = {
  us: 'https://amplitude.com',
  eu: 'https://analytics.eu.amplitude.com',
};

/** Hosts of the web application, which people know from their address bar and try (reference §1.2). */
const WEB_APP_HOSTS: Readonly<Record<string, Region>> = {
  'analytics.amplitude.com': 'us',
  'app.amplitude.com': 'us',
  'app.eu.amplitude.com': 'eu',
};

/**
 * The URL that every request starts with, without a slash at its end.
 *
 * @param override another base URL, set by an operator (simulator, proxy); may have a path
 * @throws ChartliftError `config_invalid` if the override could send credentials where they do not belong
 */
export function resolveBaseUrl(region: Region, override?: string): string {
  if (override === undefined) return REGION_BASE_URLS[region];
  const url = URL.parse(override);
  if (url === null) {
    throw invalid('is not a URL', 'Give it like https://amplitude.com, with scheme and host.');
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid(
      'contains a user name or password',
      'Take them out of the URL: the keys are sent by themselves.',
    );
  }
  if (override.includes('?') || override.includes('#')) {
    throw invalid('has a query or fragment', 'End it after the host, or after a path.');
  }
  refuseWebApp(url);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw invalid(
      'is not https',
      'Use https, so that the keys travel encrypted. Only this machine (127.0.0.1, localhost, [::1]) may be plain http.',
    );
  }
  return url.origin + url.pathname.replace(/(?<!\/)\/+$/, '');
}

/** The region that a base URL belongs to, or null for a proxy or simulator. */
export function regionOf(baseUrl: string): Region | null {
  if (baseUrl === REGION_BASE_URLS.us) return 'us';
  return baseUrl === REGION_BASE_URLS.eu ? 'eu' : null;
}

function refuseWebApp(url: URL): void {
  const region = WEB_APP_HOSTS[url.hostname];
  if (region === undefined) return;
  throw invalid(
    `names ${url.hostname}, Amplitude's web application, which does not serve the API`,
    `Use ${REGION_BASE_URLS[region]}, or leave the base URL out and set the region to "${region}".`,
  );
}

/** This machine and nothing else: 127.0.0.0/8 (RFC 1122 §3.2.1.3), ::1 (RFC 4291 §2.5.3), localhost. */
function isLoopback(hostname: string): boolean {
  return /^127\.\d+\.\d+\.\d+$/.test(hostname) || hostname === 'localhost' || hostname === '[::1]';
}

/** The URL itself is not quoted: it may hold a password. */
function invalid(what: string, hint: string): ChartliftError {
  return new ChartliftError('config_invalid', `The base URL ${what}.`, hint);
}
