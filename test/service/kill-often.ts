/** Kills the service 50 times while it syncs; `npm test` does it a few times only, since it takes minutes. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const { status } = spawnSync(
  join(root, 'node_modules', '.bin', 'vitest'),
  ['run', 'test/service/kills.test.ts'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, CHARTLIFT_KILLS: '50' } },
);
process.exitCode = status ?? 1;
