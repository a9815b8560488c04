/**
 * Runs every test: types, format and lint, the size of the web app, then unit, integration and browser tests.
 * The first failure ends it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Compiled code, kept from run to run; Node.js throws away what does not fit its version or a file. */
const cache = join(root, 'node_modules', '.cache', 'compiled');

step('web app', 'node', ['scripts/build-web.ts']);
step('types', 'tsc', []);
step('types of the web app', 'tsc', ['-p', 'web']);
step('format and lint', 'biome', ['check', '.']);
step('size of the web app', 'node', ['scripts/bundle-budget.ts']);
const reports = test('tests of the report reader, with their coverage', [
  '--project=reports',
  '--coverage',
  '--coverage.reporter=text-summary',
]);
const others = test('tests', ['--project=!reports']);
const passed = reports.numPassedTests + others.numPassedTests;
console.log(`${passed} passed, ${reports.numFailedTests + others.numFailedTests} failed`);

function test(
  name: string,
  args: readonly string[],
): { readonly numPassedTests: number; readonly numFailedTests: number } {
  const folder = mkdtempSync(join(tmpdir(), 'chartlift-test-'));
  const results = join(folder, 'results.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  try {
    step(name, 'vitest', ['run', ...args, ...reporters]);
    return JSON.parse(readFileSync(results, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function step(name: string, tool: string, args: readonly string[]): void {
  const started = performance.now();
  console.log(`\n> ${name}: ${tool} ${args.join(' ')}`);
  const { status } = spawnSync(join(root, 'node_modules', '.bin', tool), args, {
    cwd: root,
    stdio: 'inherit',
    // Hundreds of processes load the same code. Where lines are counted, V8 wants it fresh.
    env: { ...process.env, ...(args.includes('--coverage') ? {} : { NODE_COMPILE_CACHE: cache }) },
  });
  if (status !== 0) {
    console.error(`\n${name}: failed (exit code ${status})`);
    process.exit(1);
  }
  console.log(`${name}: ok in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
