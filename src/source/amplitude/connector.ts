import type { Connector } from '../../stream/connector.ts';
import { checkCharts } from './check-charts.ts';
import { readCharts } from './read-charts.ts';
import type { ChartClient } from './request/chart-client.ts';
import { type AmplitudeConfig, amplitudeSpec } from './spec.ts';
import { chartStream, chartStreamName, METADATA_STREAM, metadataStream } from './streams.ts';

/** Reads saved Amplitude charts; `connect` gives the client for a configuration's account. */
export function createAmplitudeConnector(
  connect: (config: AmplitudeConfig) => ChartClient,
): Connector<AmplitudeConfig> {
  return {
    name: 'amplitude',
    title: 'Amplitude',
    metadataStream: METADATA_STREAM,
    spec: amplitudeSpec,
    discover: (config) => [...config.chart_ids.map(chartStream), metadataStream],
    without(config, stream) {
      const rest = config.chart_ids.filter((chartId) => chartStreamName(chartId) !== stream);
      const found = rest.length < config.chart_ids.length;
      return found && rest.length > 0 ? { ...config, chart_ids: rest } : null;
    },
    // Amplitude counts by API key (DESIGN §3).
    limitGroup: (config) => `${config.region} ${config.api_key.reveal()}`,
    check: (config, context) => checkCharts(connect(config), config.chart_ids, context),
    read: (config, request, context) =>
      readCharts(connect(config), config.chart_ids, request, context),
  };
}
