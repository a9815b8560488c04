import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ProblemError } from '../api/problem-error.ts';
import { sessionEnded } from '../api/session-end.ts';
import { type ExportFormat, saveResult } from './save-result.ts';

/** The saving of a result as a file. */
export interface Download {
  readonly isBusy: boolean;
  /** The query whose rows could not be saved, and why; null if there is none. */
  readonly failure: { readonly query: string; readonly error: unknown } | null;
  readonly start: (query: string, format: ExportFormat) => void;
  readonly cancel: () => void;
}

const IDLE = { isBusy: false, failure: null };

/** Saves results as files, one at a time; leaving the screen gives up the one that is made. */
export function useDownload(): Download {
  const [state, setState] = useState<Pick<Download, 'isBusy' | 'failure'>>(IDLE);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = useCallback((query: string, format: ExportFormat) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setState({ isBusy: true, failure: null });
    saveResult(query, format, controller.signal).then(
      () => running.current === controller && setState(IDLE),
      (error: unknown) => {
        if (running.current !== controller) return;
        if (error instanceof ProblemError && error.isSignedOut) sessionEnded.announce();
        setState({ isBusy: false, failure: { query, error } });
      },
    );
  }, []);
  const cancel = useCallback(() => {
    const { current } = running;
    running.current = null;
    current?.abort();
    setState(IDLE);
  }, []);
  return useMemo(() => ({ ...state, start, cancel }), [state, start, cancel]);
}
