// Runs a script with the Node.js that this repository pins, after installing what is missing.
// Plain JavaScript: it is the one file that the machine's own Node.js has to understand.
// Usage: node scripts/setup.mjs SCRIPT [ARGUMENT…]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
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
const child = spawn(
  join(root, 'node_modules', '.bin', 'node'),
  [join(root, script), ...args],
  options('inherit'),
);
// A terminal sends Ctrl-C to both; what is sent to this process alone is passed on.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  throw error;
});
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
});

function options(stdio) {
  return { cwd: process.cwd(), stdio, shell: process.platform === 'win32' };
}

function run(command, args, stdio) {
  const result = spawnSync(command, args, { ...options(stdio), cwd: root });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}
