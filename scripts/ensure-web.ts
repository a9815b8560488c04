import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashWebInputs } from './web-inputs.ts';

const root = join(import.meta.dirname, '..');

/** Where the built app lies; `chartlift serve` looks for it there, too. */
export const BUILT_WEB = join(root, 'dist', 'web');

/** In the built app: the hash of what it was made of. */
export const STAMP = '.inputs';

/** Whether the built app is made of what the folder holds now. */
export function isWebBuilt(): boolean {
  const stamp = join(BUILT_WEB, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashWebInputs(root);
}

/**
 * Builds the web app unless it is built. In a process of its own, since the bundler's memory is not
 * given back.
 *
 * @throws Error if it cannot be built; why, stands on stderr by then
 */
export function ensureWeb(): void {
  if (isWebBuilt()) return;
  const script = join(import.meta.dirname, 'build-web.ts');
  const { status } = spawnSync(process.execPath, [script], {
    cwd: root,
    // Tests have another one, with which the app would be built to be debugged.
    env: { ...process.env, NODE_ENV: 'production' },
    // stdout belongs to the caller.
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('The web app could not be built.');
}
