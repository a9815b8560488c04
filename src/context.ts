import { systemClock } from './clock.ts';
import { createAmplitudeConnector } from './source/amplitude/connector.ts';
import { createChartClient } from './source/amplitude/request/http-chart-client.ts';
import type { AmplitudeConfig } from './source/amplitude/spec.ts';
import type { Connector } from './stream/connector.ts';
import { VERSION } from './version.ts';

/** The Amplitude connector, with everything it needs of the world, for one base URL. */
export function connectAmplitude(baseUrl: string): Connector<AmplitudeConfig> {
  return createAmplitudeConnector((config) =>
    createChartClient({
      baseUrl,
      apiKey: config.api_key,
      secretKey: config.secret_key,
      clock: systemClock,
      random: Math.random,
      userAgent: `chartlift/${VERSION}`,
    }),
  );
}
