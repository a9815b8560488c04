import { ensureBuilt } from '../scripts/ensure-built.ts';

/** Before the first test: the command line, which many tests run, and the web app, which every service serves. */
export function setup(): void {
  ensureBuilt('cli', 'web');
}
