import { systemClock } from '../clock.ts';
import type { ConnectorContext } from '../stream/connector.ts';
import type { Terminal } from './terminal.ts';

/** Who checks sits and waits: longer than two of Amplitude's longest pauses (5 min) is of no use. */
const CHECK_LIMIT_MS = 10 * 60_000;

/** What a connector gets for a check from the command line. */
export function checkContext(terminal: Terminal): ConnectorContext {
  return {
    signal: terminal.signal,
    deadline: systemClock.now() + CHECK_LIMIT_MS,
    onProgress: () => undefined,
  };
}
