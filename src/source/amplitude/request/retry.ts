import { ChartliftError } from '../../../errors.ts';

/** DESIGN §3: "up to 5 tries with exponential back-off and full jitter". */
export const MAX_TRIES = 5;

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

/**
 * How long to wait before the next try, in ms, or null if there is none: only time-outs, 5xx and broken
 * connections (`amplitude_unavailable`) can end otherwise the next time. A 429 is no failed try; the
 * pacing sees to it.
 *
 * The wait is random between 0 and a limit that doubles with each try ("Full Jitter" of
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), so that many charts which
 * failed together do not come back together.
 *
 * @param tries how often it has failed, 1 or more
 * @param random 0 up to 1
 */
export function waitBeforeRetry(error: unknown, tries: number, random: number): number | null {
  const mayPass = error instanceof ChartliftError && error.code === 'amplitude_unavailable';
  if (!mayPass || tries >= MAX_TRIES) return null;
  return random * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1));
}
