import type { Connector } from '../../stream/connector.ts';
import { checkCharts } from './check-charts.ts';
import { readCharts } from './read-charts.ts';
import type { ChartClient } from './request/chart-client.ts';
import { type AmplitudeConfig, amplitudeSpec } from './spec.ts';
import { chartStream, metadataStream } from './streams.ts';

/** Reads saved Amplitude charts; `connect` gives the client for a configuration's account. */
export function createAmplitudeConnector(
  connect: (config: AmplitudeConfig) => ChartClient,
): Connector<AmplitudeConfig> {
  return {
    name: 'amplitude',
    title: 'Amplitude',
    spec: amplitudeSpec,
    discover: (config) => [...config.chart_ids.map(chartStream), metadataStream],
    check: (config, context) => checkCharts(connect(config), config.chart_ids, context),
    read: (config, streams, context) =>
      readCharts(connect(config), config.chart_ids, streams, context),
  };
}
