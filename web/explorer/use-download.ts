import { useCallback, useEffect, useRef, useState } from 'react';
import { ProblemError } from '../api/problem-error.ts';
import { sessionEnded } from '../api/session-end.ts';
import { type ExportFormat, saveResult } from './save-result.ts';

/** Saves results as files, one at a time. */
export function useDownload(): {
  readonly isBusy: boolean;
  /** Why the last one came to nothing; null if it did not. */
  readonly error: unknown;
  readonly start: (query: string, format: ExportFormat) => void;
  readonly cancel: () => void;
} {
  const [state, setState] = useState<{ readonly isBusy: boolean; readonly error: unknown }>(IDLE);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = useCallback((query: string, format: ExportFormat) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setState({ isBusy: true, error: null });
    saveResult(query, format, controller.signal).then(
      () => running.current === controller && setState(IDLE),
      (error: unknown) => {
        if (running.current !== controller) return;
        if (error instanceof ProblemError && error.isSignedOut) sessionEnded.announce();
        setState({ isBusy: false, error });
      },
    );
  }, []);
  const cancel = useCallback(() => {
    const { current } = running;
    running.current = null;
    current?.abort();
    setState(IDLE);
  }, []);
  return { ...state, start, cancel };
}

const IDLE = { isBusy: false, error: null };
