/**
 * Mutation test of the report reader. Its tool is large and needed seldom, so that it is installed here
 * and not with everything else.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const VERSION = '10.1.1';
const root = join(import.meta.dirname, '..');

run('npm', [
  'install',
  '--no-save',
  '--loglevel=error',
  `@stryker-mutator/core@${VERSION}`,
  `@stryker-mutator/vitest-runner@${VERSION}`,
]);
run(join(root, 'node_modules/.bin/stryker'), ['run', ...process.argv.slice(2)]);

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
