import { ChartliftError } from '../../../errors.ts';
import { REGION_BASE_URLS, regionOf } from '../hosts.ts';
import type { Refusal } from './refusal.ts';

/** Cost per hour and project (reference §1.3). */
const HOURLY_COST = 108_000;

/** An answer that is not a report, as far as its status and words tell. */
export interface BadAnswer {
  readonly chartId: string;
  readonly baseUrl: string;
  /** The HTTP status; anything but 200 and 429. */
  readonly status: number;
  /** Amplitude's own words, from `readErrorDetails`; null for HTML pages and the like. */
  readonly details: string | null;
  /** The host that a redirect leads to, or null. */
  readonly redirectHost: string | null;
}

/** Names the one thing that went wrong (reference §2) and what to do about it. */
export function answerError(answer: BadAnswer): ChartliftError {
  const { status } = answer;
  if (status === 401 || status === 403) return refusedCredentials(answer);
  if (status === 404 || status === 410) return chartNotFound(answer);
  if (status === 400 || status === 422) return chartInvalid(answer);
  if (status === 408 || status >= 500) return unavailable(answer);
  return unexpected(answer);
}

/**
 * Both keys can be wrong in two ways, and both answer 403 (reference §2, live); 401 has not been seen,
 * but can only mean the same. Any other 403 is about the chart.
 */
function refusedCredentials(answer: BadAnswer): ChartliftError {
  const { status, details } = answer;
  if (details !== null && /api\/secret key/i.test(details)) return secretKeyWrong(answer);
  if (details !== null && /invalid api key/i.test(details)) return apiKeyUnknown(answer);
  return status === 401 ? secretKeyWrong(answer) : chartForbidden(answer);
}

function secretKeyWrong(answer: BadAnswer): ChartliftError {
  return new ChartliftError(
    'secret_key_wrong',
    `Amplitude refuses the secret key (asked for chart ${answer.chartId})${quoted(answer)}.`,
    "Use the secret key of the API key's own project: in Amplitude, Settings > Projects > [Your Project] > General > Secret key.",
  );
}

function apiKeyUnknown(answer: BadAnswer): ChartliftError {
  const asked = regionOf(answer.baseUrl);
  const other = asked === 'us' ? 'eu' : 'us';
  const where = asked === null ? answer.baseUrl : `the ${asked.toUpperCase()} region`;
  const otherRegion =
    asked === null
      ? 'Check that the base URL leads to the region that keeps the project'
      : `If the project is kept in the other region (${REGION_BASE_URLS[other]}), set the region to "${other}"`;
  return new ChartliftError(
    'api_key_unknown',
    `The API key is unknown in ${where} of Amplitude (asked for chart ${answer.chartId})${quoted(answer)}.`,
    `${otherRegion}. Otherwise copy the API key again: in Amplitude, Settings > Organization settings > API Keys.`,
  );
}

function chartForbidden(answer: BadAnswer): ChartliftError {
  return new ChartliftError(
    'chart_forbidden',
    `Amplitude refuses to give chart ${answer.chartId} to these keys${quoted(answer)}.`,
    'Use the keys of the project that owns the chart, and check that your Amplitude plan includes this kind of chart and the API.',
  );
}

function chartNotFound(answer: BadAnswer): ChartliftError {
  return new ChartliftError(
    'chart_not_found',
    `Amplitude has no chart ${answer.chartId} for these keys${quoted(answer)}.`,
    "Check the id in the chart's address, that the chart still exists, and that the keys are those of the project that owns it.",
  );
}

function chartInvalid(answer: BadAnswer): ChartliftError {
  return new ChartliftError(
    'chart_invalid',
    `Amplitude cannot compute chart ${answer.chartId}${quoted(answer)}.`,
    'Open the chart in Amplitude, repair what it complains about (often a deleted event or property) and save it.',
  );
}

function unavailable(answer: BadAnswer): ChartliftError {
  return unavailableError(answer.chartId, `it answered ${answer.status}${quoted(answer)}`);
}

/** Amplitude could not be reached or could not answer; the same request may work later. */
export function unavailableError(chartId: string, what: string, cause?: unknown): ChartliftError {
  return new ChartliftError(
    'amplitude_unavailable',
    `Amplitude gave no report for chart ${chartId}: ${what}.`,
    'Try again later. If other charts work, this one may be too large or too slow: open it in Amplitude and reduce its range or group-bys. If none works, check the network and https://status.amplitude.com.',
    cause === undefined ? {} : { cause },
  );
}

/** The run's time is over, and Amplitude still answers 429. */
export function rateLimitedError(chartId: string, refusal: Refusal): ChartliftError {
  const words = refusal.details === null ? '' : `: "${refusal.details}"`;
  return new ChartliftError(
    'rate_limited',
    `Amplitude's rate limit left no room for chart ${chartId} before the run's time was over${words}.`,
    rateLimitHint(refusal),
  );
}

function rateLimitHint({ limit, cost }: Refusal): string {
  if (limit === 'concurrent') {
    return 'Something else uses the same API key at the same time: let it run at another time, or give this run longer.';
  }
  if (cost !== null && cost > HOURLY_COST) {
    return `This chart alone costs ${cost}, more than the ${HOURLY_COST} that Amplitude documents per hour. In Amplitude, shorten its date range, or use fewer segments, group-bys and events.`;
  }
  return 'Give the run longer, run it less often, or spread the charts over several hours. The limits are per project and shared with everything else that uses its keys.';
}

function unexpected(answer: BadAnswer): ChartliftError {
  const what =
    answer.redirectHost === null
      ? `status ${answer.status}${quoted(answer)}`
      : `a redirect (${answer.status}) to ${answer.redirectHost}`;
  return new ChartliftError(
    'not_a_chart_report',
    `The answer for chart ${answer.chartId} is ${what}, not a chart report.`,
    `Check that ${answer.baseUrl} is Amplitude's API and that no proxy or login page stands in between. Redirects are not followed, so that the keys go nowhere else.`,
  );
}

function quoted(answer: BadAnswer): string {
  return answer.details === null ? '' : `: "${answer.details}"`;
}

/** The same error with another message. */
export function reworded(error: ChartliftError, message: string): ChartliftError {
  const options = error.cause === undefined ? {} : { cause: error.cause };
  return new ChartliftError(error.code, message, error.hint, options);
}
