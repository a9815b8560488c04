import type { Clock } from '../../../clock.ts';
import { ChartliftError } from '../../../errors.ts';
import { type Access, basicAuthorization, concealKeys } from './access.ts';
import { answerError, reworded } from './answer-error.ts';
import { connectionError } from './connection-error.ts';
import { readErrorDetails } from './error-envelope.ts';
import { type HttpAnswer, httpGet } from './http-get.ts';
import { type Refusal, readRefusal } from './refusal.ts';
import { receiveReport } from './report-body.ts';
import type { Spool } from './spool.ts';
import { StallWatch } from './stall-watch.ts';

/** How requests are made and bounded. */
export interface RequestSettings {
  /** The header's value, such as `chartlift/1.2.3`. */
  readonly userAgent: string;
  /** Longest time without a byte from Amplitude, in ms. */
  readonly timeout: number;
  /** Largest answer in bytes, after decompression. */
  readonly maxBytes: number;
}

/** What goes on between a request and whoever made it. */
export interface RequestContext {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** The answer is not a refusal or an error; its body follows. */
  onAccepted(): void;
  /** Bytes of the body so far, after decompression. */
  onBytes(bytes: number): void;
}

/** The bytes of a report (UTF-8, without the envelope), or Amplitude's refusal to answer now. */
export type Answer = { readonly report: Spool } | { readonly refusal: Refusal };

/** Of an answer that is no report, so much is read; the errors seen (reference §2) are far shorter. */
const MAX_ERROR_BYTES = 64 * 1024;

/**
 * Asks Amplitude once for one chart: `GET {host}/api/3/chart/{id}/csv` (reference §1.1).
 *
 * @throws ChartliftError what is wrong, in one class; `amplitude_unavailable` where another try may help
 * @throws the signal's reason once it is aborted
 */
export async function requestChart(
  access: Access,
  chartId: string,
  settings: RequestSettings,
  context: RequestContext,
): Promise<Answer> {
  const watch = new StallWatch(settings.timeout, context.signal);
  try {
    const url = `${access.baseUrl}/api/3/chart/${encodeURIComponent(chartId)}/csv`;
    const answer = await httpGet(url, {
      headers: {
        authorization: basicAuthorization(access),
        accept: 'application/json, text/csv',
        'accept-encoding': 'gzip, br',
        'user-agent': settings.userAgent,
      },
      signal: watch.signal,
      onReceived: () => watch.touch(),
    });
    // Redirects are not followed: the keys go to the host that was asked for, and to no other.
    if (answer.status !== 200) return await readRefusedAnswer(answer, access, chartId, context);
    context.onAccepted();
    return {
      report: await receiveReport(answer.body, chartId, settings.maxBytes, context.onBytes),
    };
  } catch (error) {
    context.signal.throwIfAborted();
    throw requestError(watch.stalled ?? error, chartId, access);
  } finally {
    watch.stop();
  }
}

async function readRefusedAnswer(
  { status, headers, body }: HttpAnswer,
  access: Access,
  chartId: string,
  { clock }: RequestContext,
): Promise<{ refusal: Refusal }> {
  const details = readErrorDetails(concealKeys(await readStart(body), access));
  if (status === 429) {
    return { refusal: readRefusal(details, headers['retry-after'] ?? null, clock.now()) };
  }
  const { location } = headers;
  const redirectHost =
    location === undefined ? null : (URL.parse(location, access.baseUrl)?.host ?? null);
  throw answerError({ chartId, baseUrl: access.baseUrl, status, details, redirectHost });
}

async function readStart(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    bytes += chunk.length;
    if (bytes >= MAX_ERROR_BYTES) break;
  }
  return text;
}

/** Names the chart where the reader of the answer could not, and conceals the keys in what it quotes. */
function requestError(error: unknown, chartId: string, access: Access): unknown {
  if (!(error instanceof ChartliftError)) return connectionError(error, chartId, access.baseUrl);
  if (error.message.includes(`chart ${chartId}`)) return error;
  return reworded(error, `Chart ${chartId}: ${concealKeys(error.message, access)}`);
}
