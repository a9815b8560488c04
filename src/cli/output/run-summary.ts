import type { ApiRunDetail } from '../service/api-types.ts';
import { streamResultOf } from '../service/run-progress.ts';
import { type Terminal, tone } from '../terminal.ts';
import { printable } from './printable.ts';
import { syncSummary } from './sync-summary.ts';

/** What people read after a run of a service: as after `sync`, and what ended the run as a whole. */
export function runSummary(run: ApiRunDetail, terminal: Terminal): string {
  const { status, error } = run;
  const whole =
    error === null
      ? ''
      : `${tone(terminal.stdout, 'bad', 'error')} ${printable(error.message)}\n  ${printable(error.help)}\n`;
  if (status === 'queued' || status === 'running' || status === 'canceling') {
    return `${tone(terminal.stdout, 'strong', status)}\n`;
  }
  return syncSummary({ status, streams: run.results.map(streamResultOf) }, terminal) + whole;
}
