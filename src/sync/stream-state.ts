/**
 * Where one stream of a run is (DESIGN §1):
 * requested → fetched → shaped → staged → committed, or failed from any of them.
 *
 * - `requested`: the source is asked for it, or will be;
 * - `fetched`: its content is here and understood;
 * - `shaped`: its records are being written to staged files;
 * - `staged`: all records are written, nothing is visible yet;
 * - `committed`: the table shows them (or showed them already).
 */
export type StreamState = 'requested' | 'fetched' | 'shaped' | 'staged' | 'committed' | 'failed';

const NEXT: Readonly<Record<StreamState, readonly StreamState[]>> = {
  requested: ['fetched', 'failed'],
  fetched: ['shaped', 'failed'],
  shaped: ['staged', 'failed'],
  staged: ['committed', 'failed'],
  committed: [],
  failed: [],
};

/** The state that follows; throws a RangeError where the design has no such arrow. */
export function advance(from: StreamState, to: StreamState): StreamState {
  if (!NEXT[from].includes(to)) throw new RangeError(`a stream cannot go from ${from} to ${to}`);
  return to;
}
