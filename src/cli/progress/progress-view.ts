import { systemClock } from '../../clock.ts';
import type { Terminal } from '../terminal.ts';
import { type ProgressView, plainProgress } from './plain-progress.ts';

/** Shows a run as it suits where stderr goes: redrawn in place on a terminal, else line by line. */
export async function progressView(terminal: Terminal): Promise<ProgressView> {
  if (!terminal.stderr.isTTY) return plainProgress(terminal, systemClock.now);
  const { liveProgress } = await import('./live-progress.ts');
  return liveProgress(terminal, systemClock.now);
}
