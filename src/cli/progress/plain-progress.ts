import type { RunEvent } from '../../sync/run-events.ts';
import { counted, duration } from '../output/quantities.ts';
import type { Terminal } from '../terminal.ts';
import { outcomeText } from './outcome-text.ts';

/** Shows a run as it goes on; `close` ends the show. */
export interface ProgressView {
  show(event: RunEvent): void;
  close(): void;
}

/** One line per thing worth a line, for logs and pipes. */
export function plainProgress(terminal: Terminal, now: () => number): ProgressView {
  return {
    show(event) {
      if (event.type === 'started') {
        terminal.err(`run ${event.runId}: ${counted(event.streams.length, 'stream')}\n`);
      } else if (event.type === 'ended') {
        terminal.err(`${event.result.stream}: ${outcomeText(event.result)}\n`);
      } else if (event.type === 'reading' && event.progress.phase === 'backing_off') {
        const { stream, until, reason } = event.progress;
        const why = reason === 'rate_limited' ? 'Amplitude asks to slow down' : 'no answer';
        terminal.err(`${stream}: ${why}, next try in ${duration(Math.max(0, until - now()))}\n`);
      }
    },
    close() {
      // Every line is already written.
    },
  };
}
