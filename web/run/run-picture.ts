import type { Followed } from '../api/follow.ts';
import { isRunDetail, readPlan, readRunEvent, readStep, type StreamStep } from './read-event.ts';
import { isActive, type RunDetail, type RunEvent, type RunStatus } from './run-types.ts';

/** Where a stream stands that has no result yet, or what came of it. */
export type StreamState = { readonly phase: 'pending' } | StreamStep;

/** What is known of a run from its events, and from them alone. */
export interface RunPicture {
  /** In the order in which the run reads them. */
  readonly streams: ReadonlyMap<string, StreamState>;
  readonly log: readonly RunEvent[];
  /** Whether anything was read yet. */
  readonly isStarted: boolean;
  /** The run with all results, once it has ended. */
  readonly end: RunDetail | null;
}

export const NOTHING_SEEN: RunPicture = {
  streams: new Map(),
  log: [],
  isStarted: false,
  end: null,
};

/**
 * The picture after some more events. Events that were seen already (a connection that began anew) change
 * nothing.
 */
export function seeEvents(before: RunPicture, events: readonly Followed[]): RunPicture {
  const streams = new Map(before.streams);
  const fresh: RunEvent[] = [];
  let seq = before.log.at(-1)?.seq ?? 0;
  let { isStarted, end } = before;
  for (const { name, data } of events) {
    if (name === 'ended') {
      if (isRunDetail(data)) end = data;
      continue;
    }
    const event = readRunEvent(data);
    if (event === null || event.seq <= seq) continue;
    seq = event.seq;
    fresh.push(event);
    isStarted ||= event.type === 'started';
    for (const stream of readPlan(event) ?? []) streams.set(stream, { phase: 'pending' });
    const step = readStep(event);
    if (step !== null && event.stream !== null) streams.set(event.stream, step);
  }
  return {
    streams,
    log: fresh.length === 0 ? before.log : [...before.log, ...fresh],
    isStarted,
    end,
  };
}

/** The status of a run by whatever was heard last: what was asked for, or its events. */
export function statusOf(run: { readonly status: RunStatus }, picture: RunPicture): RunStatus {
  if (picture.end !== null) return picture.end.status;
  return run.status === 'queued' && picture.isStarted ? 'running' : run.status;
}

/**
 * Whether all streams of a run are known, so that it can be told how far it is: the results that were kept before
 * its events are heard would look like all of it.
 *
 * @param isPlanKnown whether it is known from elsewhere what a run that goes on is to read
 */
export function knowsAll(
  run: { readonly status: RunStatus },
  picture: RunPicture,
  isPlanKnown: boolean,
): boolean {
  if (picture.isStarted || picture.end !== null || run.status === 'success') return true;
  return isActive(run.status) && isPlanKnown;
}

/** Until when the source asked to wait, if every stream that is not done waits; null otherwise. */
export function waitOf(picture: RunPicture, now: number): number | null {
  let until: number | null = null;
  for (const state of picture.streams.values()) {
    if (state.phase === 'requesting' || state.phase === 'reading' || state.phase === 'writing') {
      return null;
    }
    if (state.phase === 'waiting' && state.until > now) {
      until = Math.min(until ?? state.until, state.until);
    }
  }
  return until;
}

/** Until when the source asked to slow down, whatever else is still on its way; null if it did not. */
export function pauseOf(picture: RunPicture, now: number): number | null {
  let until: number | null = null;
  for (const state of picture.streams.values()) {
    if (state.phase === 'waiting' && state.reason === 'rate_limited' && state.until > now) {
      until = Math.min(until ?? state.until, state.until);
    }
  }
  return until;
}

/** How many streams have their result, of how many. */
export function progressOf(picture: RunPicture): { readonly done: number; readonly total: number } {
  let done = 0;
  for (const state of picture.streams.values()) if (state.phase === 'ended') done += 1;
  return { done, total: picture.streams.size };
}
