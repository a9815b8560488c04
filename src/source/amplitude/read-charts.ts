import type { ChartliftError } from '../../errors.ts';
import type {
  ConnectorContext,
  ReadRequest,
  StreamContent,
  StreamReading,
  Warning,
} from '../../stream/connector.ts';
import { type MetadataRow, metadataBatch, metadataRow } from './metadata-row.ts';
import type { ChartClient } from './request/chart-client.ts';
import { type RequestedChart, requestCharts } from './requested-chart.ts';
import { chartStream, chartStreamName, METADATA_STREAM, metadataStream } from './streams.ts';

/** Reads the selected streams: each chart is requested once and serves its own stream and the metadata. */
export async function* readCharts(
  client: ChartClient,
  configured: readonly string[],
  request: ReadRequest,
  context: ConnectorContext,
): AsyncGenerator<StreamReading> {
  const selected = new Set(request.streams);
  const withMetadata = selected.has(METADATA_STREAM);
  const forMetadata = withMetadata && !request.partial;
  const chartIds = configured.filter(
    (chartId) => forMetadata || selected.has(chartStreamName(chartId)),
  );
  const rows = new Map<string, MetadataRow>();
  let firstError: ChartliftError | undefined;
  for await (const chart of requestCharts(client, chartIds, context)) {
    if ('error' in chart) firstError ??= chart.error;
    else rows.set(chart.chartId, metadataRow(chart.chartId, chart.answer.report));
    if (selected.has(chartStreamName(chart.chartId))) yield chartReading(chart);
    else if ('answer' in chart) await chart.answer.text.dispose();
  }
  if (!withMetadata) return;
  const base = { stream: metadataStream, attempts: 0 };
  if (rows.size === 0 && firstError !== undefined) yield { ...base, error: firstError };
  else yield { ...base, content: metadataContent(configured, rows, chartIds) };
}

function chartReading(chart: RequestedChart): StreamReading {
  const base = { stream: chartStream(chart.chartId), attempts: chart.attempts };
  if ('error' in chart) return { ...base, error: chart.error };
  const { text, report } = chart.answer;
  return {
    ...base,
    content: {
      title: report.metadata.title,
      keep: new Set(),
      batches: () => report.batches(chart.chartId),
      get warnings() {
        return report.warnings;
      },
      dispose: () => text.dispose(),
    },
  };
}

/** One row per configured chart; the row of a chart that could not be read stays as it was (DESIGN §2.1). */
function metadataContent(
  chartIds: readonly string[],
  rows: ReadonlyMap<string, MetadataRow>,
  requested: readonly string[],
): StreamContent {
  const keep = new Set(chartIds.filter((chartId) => !rows.has(chartId)));
  const unread = requested.filter((chartId) => keep.has(chartId));
  const warnings: Warning[] = unread.map((chartId) => ({
    code: 'row_kept',
    message: `Chart ${chartId} could not be read in this run; its row shows what was last known.`,
  }));
  return {
    title: null,
    keep,
    warnings,
    async *batches() {
      yield metadataBatch(chartIds.map((chartId) => rows.get(chartId) ?? { chart_id: chartId }));
    },
    async dispose() {
      // Holds nothing but these few rows.
    },
  };
}
