import { type ChartliftError, toChartliftError } from '../../errors.ts';
import type { ConnectorContext } from '../../stream/connector.ts';
import { completed } from './completed.ts';
import { ownTurn } from './own-turn.ts';
import { type Report, readReport } from './report/report.ts';
import type { ChartClient, FetchedReport } from './request/chart-client.ts';
import { chartStreamName } from './streams.ts';

/** Charts that are requested or wait to be: Amplitude answers five at once (DESIGN §3), and as many are next. */
const CHARTS_AT_ONCE = 10;

/**
 * Bytes of reports that wait for their tables to be written. Up to here no request waits for a table, as the
 * disk may be slow for a while and the limits of Amplitude are what a run takes its time for.
 */
const BYTES_AHEAD = 16 * 1024 * 1024;

/** A chart that was requested: what came of it. */
export type RequestedChart = {
  readonly chartId: string;
  readonly attempts: number;
} & ({ readonly answer: Answer } | { readonly error: ChartliftError });

interface Answer {
  readonly text: FetchedReport;
  readonly report: Report;
}

/** Requests each chart once and gives the charts as they come. Throws only what concerns all of them. */
export async function* requestCharts(
  client: ChartClient,
  chartIds: readonly string[],
  context: ConnectorContext,
): AsyncGenerator<RequestedChart> {
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  for (const chartId of chartIds) {
    context.onProgress({ stream: chartStreamName(chartId), phase: 'waiting' });
  }
  const charts = completed(chartIds, {
    atOnce: CHARTS_AT_ONCE,
    isEnough: (waiting: readonly RequestedChart[]) => bytesOf(waiting) >= BYTES_AHEAD,
    run: (chartId) => requestChart(client, chartId, { ...context, signal }),
    stop: () => stop.abort(),
    abandon: async (chart) => {
      if ('answer' in chart) await chart.answer.text.dispose();
    },
  });
  for await (const chart of charts) {
    context.signal.throwIfAborted();
    if ('error' in chart && concernsAll(chart.error)) throw chart.error;
    yield chart;
  }
}

function bytesOf(charts: readonly RequestedChart[]): number {
  return charts.reduce((sum, chart) => sum + ('answer' in chart ? chart.answer.text.bytes : 0), 0);
}

function concernsAll(error: ChartliftError): boolean {
  return error.code === 'secret_key_wrong' || error.code === 'api_key_unknown';
}

async function requestChart(
  client: ChartClient,
  chartId: string,
  context: ConnectorContext,
): Promise<RequestedChart> {
  const stream = chartStreamName(chartId);
  let attempts = 0;
  let text: FetchedReport | undefined;
  try {
    text = await client.fetchReport(chartId, {
      signal: context.signal,
      deadline: context.deadline,
      onProgress: (progress) => {
        if (progress.phase === 'requesting') attempts = progress.attempt;
        context.onProgress({ stream, ...progress });
      },
    });
    await ownTurn();
    const report = await readReport(text);
    return { chartId, attempts, answer: { text, report } };
  } catch (error) {
    await text?.dispose();
    return { chartId, attempts, error: toChartliftError(error) };
  }
}
