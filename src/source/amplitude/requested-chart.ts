import { type ChartliftError, toChartliftError } from '../../errors.ts';
import type { ConnectorContext } from '../../stream/connector.ts';
import { completed } from './completed.ts';
import { ownTurn } from './own-turn.ts';
import { type Report, readReport } from './report/report.ts';
import type { ChartClient, FetchedReport } from './request/chart-client.ts';
import { chartStreamName } from './streams.ts';

/**
 * Charts that are requested or wait for the consumer: the five that Amplitude answers at once (DESIGN §3)
 * and as many again, so that no request waits for a table to be written.
 */
const CHARTS_AHEAD = 10;

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
    ahead: CHARTS_AHEAD,
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
