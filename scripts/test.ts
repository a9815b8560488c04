/**
 * Runs every test: types, format and lint, the size of the web app, then unit, integration and browser tests.
 * The first failure ends it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const reports = mkdtempSync(join(tmpdir(), 'chartlift-test-'));
const results = join(reports, 'results.json');

step('web app', 'node', ['scripts/build-web.ts']);
step('types', 'tsc', []);
step('types of the web app', 'tsc', ['-p', 'web']);
step('format and lint', 'biome', ['check', '.']);
step('size of the web app', 'node', ['scripts/bundle-budget.ts']);
step('tests', 'vitest', [
  'run',
  '--coverage',
  '--coverage.reporter=text-summary',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  ...process.argv.slice(2),
]);
const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, 'utf8'));
rmSync(reports, { recursive: true });
console.log(`${numPassedTests} passed, ${numFailedTests} failed`);

function step(name: string, tool: string, args: readonly string[]): void {
  const started = performance.now();
  console.log(`\n> ${name}: ${tool} ${args.join(' ')}`);
  const { status } = spawnSync(join(root, 'node_modules', '.bin', tool), args, {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) {
    console.error(`\n${name}: failed (exit code ${status})`);
    process.exit(1);
  }
  console.log(`${name}: ok in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
