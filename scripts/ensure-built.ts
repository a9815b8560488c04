import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isBuilt, type Part } from './built-part.ts';

/**
 * Builds parts unless they are built. In a process of its own, since the bundler's memory is not given back.
 *
 * @throws Error if one cannot be built; why, stands on stderr by then
 */
export function ensureBuilt(...parts: readonly Part[]): void {
  if (parts.every(isBuilt)) return;
  const { status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'build.ts'), ...parts],
    {
      // Tests have another one, with which the app would be built to be debugged.
      env: { ...process.env, NODE_ENV: 'production' },
      // stdout belongs to the caller.
      stdio: ['ignore', 2, 2],
    },
  );
  if (status !== 0) throw new Error(`Could not be built: ${parts.join(' and ')}.`);
}
