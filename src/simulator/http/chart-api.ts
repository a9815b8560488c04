import type { IncomingMessage, ServerResponse } from 'node:http';
import { systemClock } from '../../clock.ts';
import { findChart } from '../charts/project-charts.ts';
import type { SavedChart } from '../charts/saved-chart.ts';
import { answerWrongly } from '../faults/answer-wrongly.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { activityOf } from '../product/activity.ts';
import { answeredAsOf } from '../product/freshness.ts';
import type { Restatements } from '../product/restatements.ts';
import type { Project } from '../project.ts';
import { answerBody } from '../report/answer-body.ts';
import { reportLines } from '../report/report.ts';
import { authenticate } from './authentication.ts';
import { createLimits, type LimitOptions } from './limits.ts';
import {
  CHART_NOT_FOUND,
  CHART_OF_ANOTHER_PROJECT,
  CHART_UNSUPPORTED,
  concurrencyExceeded,
  costExceeded,
  type Refusal,
  sendRefusal,
} from './refusal.ts';
import { prepareReport } from './send-report.ts';

export interface ChartApiOptions {
  readonly projects: readonly Project[];
  readonly limits: LimitOptions;
  readonly faults: FaultPlan;
  readonly seed: number;
  readonly latencyMs: number;
  readonly now: () => number;
  readonly restatements: Restatements;
  /** Charts that somebody redefined, with the chart whose definition they have now. */
  readonly definitions: ReadonlyMap<string, string>;
}

/** `GET /api/3/chart/{id}/csv` (reference §1.1). Resolves when nothing more will be sent. */
export type ChartApi = (
  chartId: string,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

export function createChartApi(options: ChartApiOptions): ChartApi {
  const { faults, now, latencyMs } = options;
  const { retryAfterSeconds } = options.limits;
  // Several projects may own the same charts; each has its key and its limits.
  const limitsOf = new Map(
    options.projects.map(({ apiKey }) => [apiKey, createLimits(options.limits)]),
  );

  return async (chartId, request, response) => {
    const arrivedAt = performance.now();
    const refuse = (refusal: Refusal) => sendRefusal(response, refusal);
    const signed = authenticate(request.headers.authorization, options.projects);
    if ('refusal' in signed) return refuse(signed.refusal);

    const limits = limitsOf.get(signed.project.apiKey);
    if (!limits?.enter()) return refuse(concurrencyExceeded(retryAfterSeconds));
    const ended = new AbortController();
    response.once('close', () => {
      limits.leave();
      ended.abort();
    });

    const found = findChart(chartId, signed.project.id);
    if (!found) return refuse(CHART_NOT_FOUND);
    if (found.owner !== signed.project.id) return refuse(CHART_OF_ANOTHER_PROJECT);
    const definition = options.definitions.get(chartId);
    const { chart } = (definition && findChart(definition, found.owner)) || found;
    if (!chart.report) return refuse(CHART_UNSUPPORTED);
    if (!limits.spend(chart.cost, now()))
      return refuse(costExceeded(chart.cost, retryAfterSeconds));

    const body = answerBody(lines(chart, chart.report));
    const fault = faults.take(chartId);
    const { signal } = ended;
    // Made while the latency passes: whatever it takes to make, an answer starts when it should.
    const send = fault
      ? () => answerWrongly(fault, { body, cost: chart.cost, signal }, response)
      : prepareReport(request.headers['accept-encoding'], body);
    const left = latencyMs - (performance.now() - arrivedAt);
    if (left > 0) await systemClock.sleep(left, signal);
    return send(response);
  };

  function* lines(
    { id, interval }: SavedChart,
    report: NonNullable<SavedChart['report']>,
  ): Generator<string> {
    const activity = activityOf({
      seed: options.seed,
      chartId: id,
      now: answeredAsOf(interval, now()),
      restatements: options.restatements.of(id),
    });
    yield* reportLines(report(activity));
  }
}
