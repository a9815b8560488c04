import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { systemClock } from './clock.ts';
import { ChartliftError } from './errors.ts';
import type { Logger } from './logger.ts';
import type { OpenDoors } from './server/open-doors.ts';
import type { Service } from './service/service.ts';
import { createAmplitudeConnector } from './source/amplitude/connector.ts';
import { resolveBaseUrl } from './source/amplitude/hosts.ts';
import { createChartClient } from './source/amplitude/request/http-chart-client.ts';
import type { AmplitudeConfig } from './source/amplitude/spec.ts';
import type { Connector } from './stream/connector.ts';
import { VERSION } from './version.ts';

/**
 * The Amplitude connector, with everything it needs of the world.
 *
 * @param baseUrl an operator's own base URL; default: that of each configuration's region
 * @param maxReportBytes largest answer, decompressed; default 512 MiB
 */
export function connectAmplitude(
  baseUrl?: string,
  maxReportBytes?: number,
): Connector<AmplitudeConfig> {
  return createAmplitudeConnector((config) =>
    createChartClient({
      baseUrl: resolveBaseUrl(config.region, baseUrl),
      apiKey: config.api_key,
      secretKey: config.secret_key,
      clock: systemClock,
      random: Math.random,
      userAgent: `chartlift/${VERSION}`,
      ...(maxReportBytes === undefined ? {} : { maxBytes: maxReportBytes }),
    }),
  );
}

/** The settings of the data folder, from the environment. */
export interface HomeSettings {
  readonly home: string;
  readonly lake: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly secretKey: string | undefined;
}

/**
 * Reads `CHARTLIFT_HOME`, `CHARTLIFT_LAKE`, `DATABASE_URL` and `CHARTLIFT_SECRET_KEY`.
 *
 * @param home instead of `CHARTLIFT_HOME`; default `./chartlift-data`
 */
export function readHomeSettings(env: NodeJS.ProcessEnv, home?: string): HomeSettings {
  const lake = env['CHARTLIFT_LAKE'];
  return {
    home: wholePath(home ?? (env['CHARTLIFT_HOME'] || 'chartlift-data')),
    lake: lake ? wholePath(lake) : undefined,
    databaseUrl: env['DATABASE_URL'] || undefined,
    secretKey: env['CHARTLIFT_SECRET_KEY'] || undefined,
  };
}

function wholePath(path: string): string {
  return resolve(path.replace(/^~(?=\/|$)/, homedir()));
}

export interface StartOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Default: `CHARTLIFT_HOST`, else this machine only. */
  readonly host?: string | undefined;
  /** Default: `CHARTLIFT_PORT`, else 4860; 0 takes a free one. */
  readonly port?: number | undefined;
  /** Default: `CHARTLIFT_HOME`, else `./chartlift-data`. */
  readonly home?: string | undefined;
  readonly logger: Logger;
  /** Called when another process may work on the same data; the service has stopped by then. */
  readonly onLost?: () => void;
}

/** A service with its doors open. */
export interface RunningChartlift {
  readonly url: string;
  /** Where the first administrator makes their account; null once there is one. */
  readonly setupLink: string | null;
  readonly service: Service;
  /** What the operator should know. */
  readonly warnings: readonly string[];
  /** Takes no new work, ends within `withinMs` and leaves what did not end for the next start. */
  stop(withinMs?: number): Promise<void>;
}

const DEFAULT_PORT = 4860;
/** Time to stop, in ms: process supervisors kill after ten seconds. */
const STOP_MS = 9_000;

/**
 * Starts the whole service: everything that `chartlift serve` does before it waits.
 *
 * @throws ChartliftError `config_invalid`, `home_in_use`, `database_unusable`, `secrets_unreadable`, …
 */
export async function startChartlift(options: StartOptions): Promise<RunningChartlift> {
  const { env, logger } = options;
  // What only queries and runs need (the engine) is loaded by its first use.
  const { openService } = await import('./service/service.ts');
  const { openDoors } = await import('./server/open-doors.ts');
  const { readServerSettings } = await import('./server/settings.ts');
  const { createMetrics } = await import('./server/probes/metrics.ts');
  const settings = readServerSettings(env);
  const baseUrl = env['CHARTLIFT_AMPLITUDE_BASE_URL'] || undefined;
  if (baseUrl !== undefined) resolveBaseUrl('us', baseUrl);
  const maxReportMb = readCount(env, 'CHARTLIFT_MAX_REPORT_MB', 512);
  const amplitude = connectAmplitude(baseUrl, maxReportMb * 1024 * 1024);
  const metrics = createMetrics(() => service.stores.runs.queue(), systemClock.now);
  const service: Service = await openService({
    ...readHomeSettings(env, options.home),
    connectors: new Map([[amplitude.name, amplitude]]),
    logger,
    observer: metrics,
    retention: readRetention(env),
    onLost: (error) => {
      logger.fatal({ err: error }, 'the lock on the database is lost, so another may work on it');
      void stop(0).finally(options.onLost);
    },
  });
  let doors: OpenDoors | undefined;
  async function stop(withinMs: number): Promise<void> {
    // Both at once: answers may wait for runs, and runs do not wait for answers.
    await Promise.all([doors?.close(withinMs), service.stop({ withinMs })]);
    await service.close();
  }
  try {
    const host = options.host ?? (env['CHARTLIFT_HOST'] || '127.0.0.1');
    const port = options.port ?? readPort(env['CHARTLIFT_PORT']);
    doors = await openDoors({ service, settings, metrics, host, port });
    service.start();
    const { server, setupLink, warnings } = doors;
    return { url: server.url, setupLink, service, warnings, stop: (ms = STOP_MS) => stop(ms) };
  } catch (error) {
    await stop(0);
    throw error;
  }
}

/** `CHARTLIFT_KEEP_RUNS_DAYS` and `CHARTLIFT_KEEP_RUNS` of each source: a run goes when it is beyond either. */
function readRetention(env: NodeJS.ProcessEnv) {
  const days = readCount(env, 'CHARTLIFT_KEEP_RUNS_DAYS', 90);
  const runsPerSource = readCount(env, 'CHARTLIFT_KEEP_RUNS', 1_000);
  return { days, runsPerSource };
}

function readCount(env: NodeJS.ProcessEnv, name: string, usual: number): number {
  const text = env[name];
  if (!text) return usual;
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new ChartliftError(
    'config_invalid',
    `${name} is ${JSON.stringify(text)}, which is no count.`,
    `Give a whole number from 1 on, or leave it out for ${usual}.`,
  );
}

function readPort(text: string | undefined): number {
  if (!text) return DEFAULT_PORT;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ChartliftError(
    'config_invalid',
    `CHARTLIFT_PORT is ${JSON.stringify(text)}, which is no port.`,
    'Give a number from 1 to 65535, or leave it out for 4860.',
  );
}
