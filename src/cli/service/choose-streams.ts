import { ChartliftError } from '../../errors.ts';
import type { ApiCheck, ApiValidation } from './api-types.ts';
import { storedError } from './problem-error.ts';

/** Codes of a check that can go better in the first run: the stream is taken all the same. */
const PASSING: ReadonlySet<string> = new Set([
  'rate_limited',
  'amplitude_unavailable',
  'interrupted',
]);

export interface StreamWishes {
  /** Names of streams; null: all. */
  readonly only: readonly string[] | null;
  /** Leave out what cannot be read, instead of refusing it. */
  readonly skipFailed: boolean;
}

/**
 * The streams of a validation that a source is made of.
 *
 * @throws ChartliftError `usage` for a stream that is not there; with the code of the first check that
 *   failed, where one must not
 */
export function chooseStreams(
  { checks, streams }: Pick<ApiValidation, 'checks' | 'streams'>,
  { only, skipFailed }: StreamWishes,
): readonly string[] {
  const account = checks.find(({ stream, error }) => stream === null && error !== null);
  if (account?.error) throw storedError(account.error);
  const fresh = streams.filter(({ configured }) => !configured).map(({ stream }) => stream);
  const unknown = (only ?? []).filter((name) => !streams.some(({ stream }) => stream === name));
  if (unknown.length > 0) {
    throw new ChartliftError(
      'usage',
      `There is no stream ${unknown.join(', ')}.`,
      `Streams of these charts: ${fresh.join(', ')}.`,
    );
  }
  const wanted = fresh.filter((name) => only?.includes(name) ?? true);
  const bad = checks.filter((check) => isBad(check) && wanted.includes(check.stream ?? ''));
  const good = wanted.filter((name) => !bad.some(({ stream }) => stream === name));
  const [first] = bad;
  if (first?.error && (!skipFailed || good.length === 0)) throw refused(bad, first.error);
  return good;
}

function isBad({ stream, error }: ApiCheck): boolean {
  return stream !== null && error !== null && !PASSING.has(error.code);
}

function refused(
  bad: readonly ApiCheck[],
  error: { readonly code: string; readonly message: string; readonly help: string },
): ChartliftError {
  const names = bad.map(({ stream }) => stream).join(', ');
  const { code } = storedError(error);
  return new ChartliftError(
    code,
    `${names} cannot be read; nothing was saved.`,
    'Correct or leave out what is marked above, or give --skip-failed to go on without it.',
  );
}

/**
 * Throws the error of keys that are refused, or of the first chart where none can be read. What concerns
 * one chart among others is told where it is chosen.
 */
export function assertReady(checks: readonly ApiCheck[]): void {
  const account = checks.find(({ stream, error }) => stream === null && error !== null);
  const charts = checks.filter(({ stream }) => stream !== null);
  const none = charts.every(({ error }) => error !== null) ? charts[0] : undefined;
  const error = account?.error ?? none?.error;
  if (error) throw storedError(error);
}
