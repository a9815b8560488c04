import { toChartliftError } from '../../errors.ts';
import type { CheckResult, ConnectorContext } from '../../stream/connector.ts';
import { rowsOf } from '../../stream/record-batch.ts';
import { metadataRow } from './metadata-row.ts';
import { shapeOf } from './report/shape.ts';
import type { ChartClient } from './request/chart-client.ts';
import { type RequestedChart, requestCharts } from './requested-chart.ts';
import { chartStreamName } from './streams.ts';

/** Rows that a check shows of each chart. */
const FIRST_ROWS = 10;

/** Checks the credentials and each chart; gives each result as soon as it is known. */
export async function* checkCharts(
  client: ChartClient,
  chartIds: readonly string[],
  context: ConnectorContext,
): AsyncGenerator<CheckResult> {
  let accepted = false;
  try {
    for await (const chart of requestCharts(client, chartIds, context)) {
      // Any answer about a chart means that the credentials were accepted; silence means nothing.
      if (!accepted && !('error' in chart && chart.error.kind === 'transient')) {
        accepted = true;
        yield { stream: null, ok: true, summary: null, warnings: [] };
      }
      yield await checkChart(chart);
    }
  } catch (error) {
    yield { stream: null, ok: false, error: toChartliftError(error), warnings: [] };
  }
}

async function checkChart(chart: RequestedChart): Promise<CheckResult> {
  const stream = chartStreamName(chart.chartId);
  if ('error' in chart) return { stream, ok: false, error: chart.error, warnings: [] };
  const { text, report } = chart.answer;
  try {
    const firstRows: (string | number | null)[][] = [];
    for await (const batch of report.batches(chart.chartId)) {
      if (firstRows.length < FIRST_ROWS) {
        firstRows.push(...rowsOf(batch).take(FIRST_ROWS - firstRows.length));
      }
    }
    return {
      stream,
      ok: true,
      warnings: report.warnings,
      summary: {
        shape: shapeOf(report.segments, report.records),
        title: report.metadata.title,
        description: report.metadata.description,
        dimension: report.dimension,
        records: report.records,
        firstRows,
        metadata: metadataRow(chart.chartId, report),
      },
    };
  } catch (error) {
    return { stream, ok: false, error: toChartliftError(error), warnings: [] };
  } finally {
    await text.dispose();
  }
}
