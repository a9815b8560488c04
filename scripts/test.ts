/**
 * Runs every test. What is quick goes first and at the same time: types, format and lint, the size of the web
 * app, the report reader with its coverage; then unit, integration and browser tests. The first failure ends it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Step {
  readonly name: string;
  readonly tool: string;
  readonly args: readonly string[];
  /** Whether what it prints is shown at once, and not when it has ended. */
  readonly isLive?: boolean;
}

const root = join(import.meta.dirname, '..');

/** Compiled code, kept from run to run; Node.js throws away what does not fit its version or a file. */
const cache = join(root, 'node_modules', '.cache', 'compiled');

/** TypeScript begins four by itself, each of which reads the libraries again: twice the time on two cores. */
const ONE_CHECKER = ['--checkers', '1'];

const REPORTERS = ['default', './scripts/second-tries.ts', 'json'].map(
  (name) => `--reporter=${name}`,
);

/** Free room in memory from which on the files of tests go there; they take some hundred MB, in bytes. */
const ROOM = 4 * 1024 ** 3;

/** Tests make and remove tens of thousands of small files, which takes disks a tenth of all their time. */
const temporary = mkdtempSync(join(directoryInMemory() ?? tmpdir(), 'chartlift-test-'));
// PostgreSQL, which does not run as root, keeps its files there, too.
chmodSync(temporary, 0o755);
const running = new Set<ChildProcess>();

await Promise.all([
  run({ name: 'types', tool: 'tsc', args: ONE_CHECKER }),
  run({ name: 'types of the web app', tool: 'tsc', args: ['-p', 'web', ...ONE_CHECKER] }),
  run({ name: 'format and lint', tool: 'biome', args: ['check', '.'] }),
  run({
    name: 'tests of the report reader, and which of its lines they reach',
    tool: 'vitest',
    args: vitest('reports', [
      '--project=reports',
      '--coverage',
      '--coverage.reporter=text-summary',
    ]),
  }),
  run({ name: 'Chromium', tool: 'node', args: ['scripts/chromium.ts'] }),
  run({ name: 'command line and web app', tool: 'node', args: ['scripts/build.ts'] }).then(() =>
    run({ name: 'size of the web app', tool: 'node', args: ['scripts/bundle-budget.ts'] }),
  ),
]);
await run({
  name: 'tests',
  tool: 'vitest',
  args: vitest('others', ['--project=!reports']),
  isLive: true,
});
const counts = ['reports', 'others'].map((part) =>
  JSON.parse(readFileSync(join(temporary, part), 'utf8')),
);
rmSync(temporary, { recursive: true });
const sum = (field: string) => counts.reduce((total, part) => total + part[field], 0);
console.log(`${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed`);

/** Where Linux has one with enough room. */
function directoryInMemory(): string | null {
  const directory = '/dev/shm';
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize >= ROOM ? directory : null;
  } catch {
    return null;
  }
}

function vitest(part: string, args: readonly string[]): string[] {
  const file = join(temporary, part);
  return ['run', ...args, ...REPORTERS, `--outputFile.json=${file}`];
}

async function run({ name, tool, args, isLive = false }: Step): Promise<void> {
  const started = performance.now();
  const child = spawn(join(root, 'node_modules', '.bin', tool), args, {
    cwd: root,
    stdio: isLive ? 'inherit' : 'pipe',
    // Hundreds of processes load the same code. Where lines are counted, V8 wants it fresh.
    env: {
      ...process.env,
      TMPDIR: temporary,
      ...(args.includes('--coverage') ? {} : { NODE_COMPILE_CACHE: cache }),
    },
  });
  running.add(child);
  const title = `\n> ${name}: ${tool} ${args.join(' ')}\n`;
  if (isLive) process.stdout.write(title);
  const printed: Buffer[] = isLive ? [] : [Buffer.from(title)];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (piece: Buffer) => printed.push(piece));
  }
  const [code] = await once(child, 'close');
  running.delete(child);
  process.stdout.write(Buffer.concat(printed));
  if (code !== 0) {
    for (const other of running) other.kill();
    console.error(`\n${name}: failed (exit code ${code}); what tests left is in ${temporary}`);
    process.exit(1);
  }
  console.log(`${name}: ok in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
