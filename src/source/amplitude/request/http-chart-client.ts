import type { Clock } from '../../../clock.ts';
import { ChartliftError } from '../../../errors.ts';
import type { Access } from './access.ts';
import { rateLimitedError, reworded, unavailableError } from './answer-error.ts';
import type { ChartClient, FetchedReport, FetchOptions, FetchProgress } from './chart-client.ts';
import { type Answer, requestChart } from './chart-request.ts';
import { Deadline } from './deadline.ts';
import type { Pacer } from './pacer.ts';
import type { Refusal } from './refusal.ts';
import type { Ticket } from './request-queue.ts';
import { MAX_TRIES, waitBeforeRetry } from './retry.ts';
import { sharedPacer } from './shared-pacer.ts';
import { SpooledReport } from './spooled-report.ts';

/** DESIGN §3. */
const DEFAULT_TIMEOUT = 60_000;

/** Issue 2 §2: 512 MiB. */
const DEFAULT_MAX_BYTES = 512 * 1024 * 1024;

/** What a client is made of; `random` and `clock` are passed in so that tests can hold them. */
export interface ChartClientOptions extends Access {
  readonly clock: Clock;
  /** Numbers from 0 up to 1, as `Math.random` gives them. */
  readonly random: () => number;
  /** Default `chartlift`. */
  readonly userAgent?: string;
  /** Longest time without a byte from Amplitude, in ms; default 60 s. */
  readonly timeout?: number;
  /** Largest answer in bytes, after decompression; default 512 MiB. */
  readonly maxBytes?: number;
}

/**
 * A client over HTTP, for one run or check. Clients with the same host and API key share one queue, in
 * which they take turns, and one pace.
 */
export function createChartClient(options: ChartClientOptions): ChartClient {
  const { baseUrl, apiKey, clock, random } = options;
  const pacer = sharedPacer(baseUrl, apiKey, clock, random);
  /** The latest: all charts of a run share one, with its timer. */
  let known: Deadline | null = null;
  const deadlineFor = (at: number, signal: AbortSignal) => {
    if (known?.isFor(at, signal) !== true) known = new Deadline(at, clock, signal);
    return known.hold();
  };
  const client: ChartClient = {
    async fetchReport(chartId, { signal, onProgress, deadline = Number.POSITIVE_INFINITY }) {
      const ticket = pacer.draw(client);
      const end = deadlineFor(deadline, signal);
      try {
        const until = { signal: end.signal, onProgress };
        return await fetchUntilDone(options, pacer, ticket, chartId, until);
      } catch (error) {
        throw end.passed(error) ? gaveUp(chartId, ticket.refusal ?? pacer.refusal) : error;
      } finally {
        end.release();
      }
    },
  };
  return client;
}

async function fetchUntilDone(
  options: ChartClientOptions,
  pacer: Pacer,
  ticket: Ticket,
  chartId: string,
  { signal, onProgress }: FetchOptions,
): Promise<FetchedReport> {
  const { clock, random } = options;
  const place = {
    ticket,
    signal,
    onWait: (until: number) => onProgress({ phase: 'backing_off', until, reason: 'rate_limited' }),
  };
  let attempt = 0;
  let failures = 0;
  for (;;) {
    onProgress({ phase: 'waiting' });
    try {
      const answer = await pacer.run(place, async (turn) => {
        attempt += 1;
        onProgress({ phase: 'requesting', attempt });
        const given = await requestOnce(options, chartId, signal, turn.accepted, onProgress);
        if ('refusal' in given) turn.refused(given.refusal);
        return given;
      });
      if ('refusal' in answer) continue;
      onProgress({ phase: 'fetched', bytes: answer.report.bytes });
      return new SpooledReport(chartId, attempt, answer.report);
    } catch (error) {
      failures += 1;
      const wait = waitBeforeRetry(error, failures, random());
      if (wait === null) throw failures < MAX_TRIES ? error : afterAllTries(error);
      onProgress({ phase: 'backing_off', until: clock.now() + wait, reason: 'unavailable' });
      await clock.sleep(wait, signal);
    }
  }
}

function requestOnce(
  options: ChartClientOptions,
  chartId: string,
  signal: AbortSignal,
  onAccepted: () => void,
  onProgress: (progress: FetchProgress) => void,
): Promise<Answer> {
  const settings = {
    userAgent: options.userAgent ?? 'chartlift',
    timeout: options.timeout ?? DEFAULT_TIMEOUT,
    maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
  };
  const onBytes = (bytes: number) => onProgress({ phase: 'fetching', bytes });
  const { clock } = options;
  return requestChart(options, chartId, settings, { signal, clock, onAccepted, onBytes });
}

function afterAllTries(error: unknown): unknown {
  if (!(error instanceof ChartliftError)) return error;
  return reworded(error, `${error.message} Tried ${MAX_TRIES} times.`);
}

function gaveUp(chartId: string, refusal: Refusal | null): ChartliftError {
  return refusal === null
    ? unavailableError(chartId, "the run's time was over before it answered")
    : rateLimitedError(chartId, refusal);
}
