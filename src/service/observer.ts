import type { RunRecord, StreamResultRecord } from '../state/run-record.ts';

/** How a request to a source ended, as metrics count it. */
export type RequestOutcome = 'answered' | 'rate_limited' | 'unavailable' | 'refused';

/** What the service tells whoever counts what happens. */
export interface ServiceObserver {
  runEnded(run: RunRecord): void;
  streamEnded(result: StreamResultRecord): void;
  requested(connector: string, outcome: RequestOutcome): void;
  /** A stream waits for a rate limit, for `ms` milliseconds. */
  waited(connector: string, ms: number): void;
}

/** Counts nothing. */
export const unobserved: ServiceObserver = {
  runEnded: () => undefined,
  streamEnded: () => undefined,
  requested: () => undefined,
  waited: () => undefined,
};
