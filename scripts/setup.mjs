// Runs a script with the Node.js that this repository pins, after installing what is missing.
// Plain JavaScript: it is the one file that the machine's own Node.js has to understand.
// Usage: node scripts/setup.mjs SCRIPT [ARGUMENT…]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const stamp = join(root, 'node_modules', '.chartlift-setup');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  process.stderr.write('chartlift: installing what is needed (once) …\n');
  // npm's own output goes to stderr: stdout belongs to the script.
  run('npm', ['ci', '--loglevel=error'], ['ignore', 2, 2]);
  writeFileSync(stamp, lock);
}
const [script, ...args] = process.argv.slice(2);
run(join(root, 'node_modules', '.bin', 'node'), [join(root, script), ...args], 'inherit');

function run(command, args, stdio) {
  const result = spawnSync(command, args, {
    cwd: command === 'npm' ? root : process.cwd(),
    stdio,
    shell: process.platform === 'win32',
  });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}
