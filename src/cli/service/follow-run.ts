import { ChartliftError } from '../../errors.ts';
import { progressView } from '../progress/progress-view.ts';
import type { Terminal } from '../terminal.ts';
import type { ApiRunDetail } from './api-types.ts';
import { runEventOf } from './run-progress.ts';
import type { ServiceApi } from './service-api.ts';

/**
 * Shows a run on stderr until it has ended.
 * @throws ChartliftError `interrupted`: nobody watches any more, and the run goes on
 */
export async function followRun(
  api: ServiceApi,
  runId: string,
  terminal: Terminal,
): Promise<ApiRunDetail> {
  const progress = await progressView(terminal);
  try {
    const lines = api.followRun(runId);
    for (;;) {
      const next = await lines.next();
      if (next.done) return next.value;
      const event = runEventOf(runId, next.value);
      if (event !== null) progress.show(event);
    }
  } catch (error) {
    if (terminal.signal.aborted) throw unwatched(runId);
    throw error;
  } finally {
    progress.close();
  }
}

/** The end of a command that only watched. */
export function unwatched(runId: string): ChartliftError {
  return new ChartliftError(
    'interrupted',
    `Nobody watches run ${runId} any more; it goes on.`,
    `chartlift run logs --follow ${runId} watches it again, chartlift run cancel ${runId} stops it.`,
  );
}
