import { ChartliftError } from '../errors.ts';
import { hashSecret } from './auth/api-token.ts';

/** How the HTTP API is to behave; what is asked of it is in `Services`. */
export interface ServerSettings {
  /** Where people reach the service, if that is not where it listens; its host is allowed. */
  readonly publicUrl: URL | null;
  /** How many proxies in front of the service may say who asks; 0: none. */
  readonly trustedProxies: number;
  /** Names beside those of the loopback and of `publicUrl` that requests may ask for. */
  readonly allowedHosts: readonly string[];
  /** SHA-256 of the one token that the environment gives; null: none. */
  readonly apiTokenHash: string | null;
  /** Whether anyone may read `/metrics`. */
  readonly metricsPublic: boolean;
  /** Bytes that the body of a request may have. */
  readonly bodyLimitBytes: number;
}

export const DEFAULT_SETTINGS: ServerSettings = {
  publicUrl: null,
  trustedProxies: 0,
  allowedHosts: [],
  apiTokenHash: null,
  metricsPublic: false,
  bodyLimitBytes: 1024 * 1024,
};

/** Shorter tokens could be guessed: 32 hexadecimal digits are 128 bits. */
const SHORTEST_API_TOKEN = 32;

/**
 * The settings that the environment gives: `CHARTLIFT_PUBLIC_URL`, `CHARTLIFT_TRUST_PROXY`,
 * `CHARTLIFT_ALLOWED_HOSTS`, `CHARTLIFT_API_TOKEN`, `CHARTLIFT_METRICS_PUBLIC`.
 *
 * @throws {ChartliftError} `config_invalid`
 */
export function readServerSettings(
  env: Readonly<Record<string, string | undefined>>,
): ServerSettings {
  const apiToken = textOf(env, 'CHARTLIFT_API_TOKEN');
  if (apiToken !== null && apiToken.length < SHORTEST_API_TOKEN) {
    throw wrongSetting(
      'CHARTLIFT_API_TOKEN is too short.',
      `Use at least ${SHORTEST_API_TOKEN} random characters: openssl rand -hex 32`,
    );
  }
  return {
    ...DEFAULT_SETTINGS,
    publicUrl: readPublicUrl(textOf(env, 'CHARTLIFT_PUBLIC_URL')),
    trustedProxies: readProxies(textOf(env, 'CHARTLIFT_TRUST_PROXY')),
    allowedHosts: (textOf(env, 'CHARTLIFT_ALLOWED_HOSTS') ?? '')
      .split(',')
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ''),
    apiTokenHash: apiToken === null ? null : hashSecret(apiToken),
    metricsPublic: readSwitch(env, 'CHARTLIFT_METRICS_PUBLIC'),
  };
}

/** Whether browsers reach the service through TLS, so that cookies can be kept to it. */
export function isSecure(settings: Pick<ServerSettings, 'publicUrl'>): boolean {
  return settings.publicUrl?.protocol === 'https:';
}

function textOf(env: Readonly<Record<string, string | undefined>>, name: string): string | null {
  const text = env[name]?.trim();
  return text === undefined || text === '' ? null : text;
}

function readPublicUrl(text: string | null): URL | null {
  if (text === null) return null;
  const url = URL.parse(text);
  const isPlain =
    url !== null &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '';
  if (isPlain) return url;
  throw wrongSetting(
    'CHARTLIFT_PUBLIC_URL is not the address of a server.',
    'Give scheme and host, and a port if it is not the usual one: https://chartlift.example.com',
  );
}

function readProxies(text: string | null): number {
  if (text === null || text === 'false') return 0;
  if (text === 'true') return 1;
  if (/^[0-9]$/.test(text)) return Number(text);
  throw wrongSetting(
    'CHARTLIFT_TRUST_PROXY is not a number of proxies.',
    'Give how many proxies stand in front of the service: 1 for most.',
  );
}

function readSwitch(env: Readonly<Record<string, string | undefined>>, name: string): boolean {
  const text = textOf(env, name);
  if (text === null || text === 'false' || text === '0') return false;
  if (text === 'true' || text === '1') return true;
  throw wrongSetting(`${name} is neither true nor false.`, 'Give true or false.');
}

function wrongSetting(message: string, hint: string): ChartliftError {
  return new ChartliftError('config_invalid', message, hint);
}
