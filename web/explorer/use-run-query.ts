import type { InferResponseType } from 'hono/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, read } from '../api/client.ts';
import { ProblemError } from '../api/problem-error.ts';
import { sessionEnded } from '../api/session-end.ts';

export type Answer = InferResponseType<typeof api.sql.$post, 200>;

/** A query and its rows. */
export interface Answered {
  readonly kind: 'answered';
  readonly query: string;
  readonly answer: Answer;
  /** When it came, in ms since 1970. */
  readonly at: number;
}

/** What became of the query that was run last. */
export type Outcome =
  | { readonly kind: 'none' }
  /** `before` is what still stands there meanwhile. */
  | { readonly kind: 'running'; readonly since: number; readonly before: Answered | null }
  | Answered
  | { readonly kind: 'failed'; readonly query: string; readonly error: unknown }
  | { readonly kind: 'canceled' };

/**
 * Runs one query at a time. To cancel it is to go away: the service stops what nobody waits for.
 *
 * @param onEnd hears of each query that ended by itself
 */
export function useRunQuery(
  onEnd: (end: {
    readonly query: string;
    readonly rows: number | null;
    readonly durationMs: number;
  }) => void,
): {
  readonly outcome: Outcome;
  readonly run: (query: string, limit: number) => void;
  readonly cancel: () => void;
} {
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' });
  const running = useRef<AbortController | null>(null);
  const ended = useRef(onEnd);
  ended.current = onEnd;
  useEffect(() => () => running.current?.abort(), []);

  const run = useCallback((query: string, limit: number) => {
    if (query.trim() === '') return;
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const since = Date.now();
    setOutcome((last) => ({ kind: 'running', since, before: shownOf(last) }));
    read(api.sql.$post({ json: { query, limit } }, { init: { signal: controller.signal } })).then(
      (answer) => {
        if (running.current !== controller) return;
        running.current = null;
        setOutcome({ kind: 'answered', query, answer, at: Date.now() });
        ended.current({ query, rows: answer.rows.length, durationMs: answer.duration_ms });
      },
      (error: unknown) => {
        if (running.current !== controller) return;
        running.current = null;
        setOutcome({ kind: 'failed', query, error });
        if (error instanceof ProblemError && error.isSignedOut) sessionEnded.announce();
        ended.current({ query, rows: null, durationMs: Date.now() - since });
      },
    );
  }, []);

  const cancel = useCallback(() => {
    const { current } = running;
    running.current = null;
    current?.abort();
    setOutcome({ kind: 'canceled' });
  }, []);

  return { outcome, run, cancel };
}

function shownOf(outcome: Outcome): Answered | null {
  if (outcome.kind === 'running') return outcome.before;
  return outcome.kind === 'answered' ? outcome : null;
}
