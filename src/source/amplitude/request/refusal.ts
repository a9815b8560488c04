/** What a 429 says: which limit was met, what the request would have cost, how long to wait. */
export interface Refusal {
  readonly limit: 'cost' | 'concurrent' | 'unknown';
  /** In Amplitude's cost units (reference §1.3); null if it was not named. */
  readonly cost: number | null;
  /** In ms; null if there was no such header. */
  readonly retryAfter: number | null;
  /** Amplitude's own words. */
  readonly details: string | null;
}

/** The longest documented window (reference §1.3): no `Retry-After` can sensibly ask for more. */
const LONGEST_RETRY_AFTER = 3_600_000;

/**
 * Reads a 429. The texts seen are "Exceeded rate limit with query of cost 1800" and "Exceeded
 * concurrent limit" (reference §2).
 *
 * @param details from `readErrorDetails`
 * @param retryAfter the header as it came; Amplitude has not been seen to send it, a proxy may
 * @param now ms since the epoch
 */
export function readRefusal(
  details: string | null,
  retryAfter: string | null,
  now: number,
): Refusal {
  const cost = /\bcost\s*(?:of|:)?\s*(\d{1,9})\b/i.exec(details ?? '')?.[1];
  return {
    limit: readLimit(details ?? ''),
    cost: cost === undefined || Number(cost) === 0 ? null : Number(cost),
    retryAfter: readRetryAfter(retryAfter, now),
    details,
  };
}

function readLimit(details: string): Refusal['limit'] {
  if (/\bconcurren/i.test(details)) return 'concurrent';
  return /\brate limit|\bcost\b/i.test(details) ? 'cost' : 'unknown';
}

/** `Retry-After` is a number of seconds or a date (RFC 9110 §10.2.3). */
function readRetryAfter(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  if (text === '') return null;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), LONGEST_RETRY_AFTER);
}
