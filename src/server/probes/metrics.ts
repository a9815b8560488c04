import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ServiceObserver } from '../../service/observer.ts';

/** How much work waits; asked for when the metrics are read. */
export interface QueueFacts {
  readonly queued: number;
  readonly running: number;
  /** ISO 8601; null if nothing waits. */
  readonly oldestQueuedAt: string | null;
}

/** One request of our own API, as metrics count it. */
export interface AnsweredRequest {
  readonly method: string;
  /** As it was declared, such as `/api/v1/sources/:id`. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
}

/** Counts what happens, and tells it in Prometheus' format. */
export interface Metrics extends ServiceObserver {
  answered(request: AnsweredRequest): void;
  readonly contentType: string;
  text(): Promise<string>;
}

/** A small chart takes a fraction of a second, one that waits for a rate limit takes minutes. */
const STREAM_SECONDS = [0.1, 0.5, 1, 5, 15, 60, 300, 1800];

const ANSWER_SECONDS = [0.005, 0.025, 0.1, 0.5, 2.5, 10, 60];

/** @param queue asked each time the metrics are read */
export function createMetrics(queue: () => Promise<QueueFacts>, now: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const runs = new Counter({
    name: 'chartlift_runs_total',
    help: 'Runs that ended, by status and by what brought them about.',
    labelNames: ['status', 'cause'] as const,
    registers,
  });
  const streams = new Histogram({
    name: 'chartlift_stream_duration_seconds',
    help: 'How long streams took in a run, by what came of them.',
    labelNames: ['status'] as const,
    buckets: STREAM_SECONDS,
    registers,
  });
  const rows = new Counter({
    name: 'chartlift_rows_total',
    help: 'Rows of the versions that runs wrote.',
    registers,
  });
  const requests = new Counter({
    name: 'chartlift_requests_total',
    help: 'Requests to what is extracted from (Amplitude), by outcome.',
    labelNames: ['connector', 'outcome'] as const,
    registers,
  });
  const waits = new Counter({
    name: 'chartlift_rate_limit_waits_total',
    help: 'How often a stream waited for a rate limit.',
    labelNames: ['connector'] as const,
    registers,
  });
  const waited = new Counter({
    name: 'chartlift_rate_limit_wait_seconds_total',
    help: 'How long streams waited for rate limits.',
    labelNames: ['connector'] as const,
    registers,
  });
  const answers = new Histogram({
    name: 'chartlift_http_request_duration_seconds',
    help: 'How long our own answers took to begin.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: ANSWER_SECONDS,
    registers,
  });
  const depth = new Gauge({
    name: 'chartlift_queue_runs',
    help: 'Runs that wait or run.',
    labelNames: ['state'] as const,
    registers,
  });
  const age = new Gauge({
    name: 'chartlift_queue_oldest_seconds',
    help: 'How long the oldest waiting run has waited.',
    registers,
  });

  return {
    contentType: registry.contentType,
    runEnded: ({ status, cause }) => runs.inc({ status, cause }),
    streamEnded: ({ status, rows: written, durationMs }) => {
      streams.observe({ status }, durationMs / 1000);
      if (status === 'success' && written !== null) rows.inc(written);
    },
    requested: (connector, outcome) => requests.inc({ connector, outcome }),
    waited: (connector, ms) => {
      waits.inc({ connector });
      waited.inc({ connector }, ms / 1000);
    },
    answered: ({ method, route, status, durationMs }) =>
      answers.observe({ method, route, status }, durationMs / 1000),
    text: async () => {
      const { queued, running, oldestQueuedAt } = await queue();
      depth.set({ state: 'queued' }, queued);
      depth.set({ state: 'running' }, running);
      age.set(
        oldestQueuedAt === null ? 0 : Math.max(0, (now() - Date.parse(oldestQueuedAt)) / 1000),
      );
      return registry.metrics();
    },
  };
}
