import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Chromium without windows: it draws the same pages with a third less work. Debian has it as a package. */
const HEADLESS = 'chromium-headless-shell';

/** Names that Chromium and its closest relative have in Linux distributions, the best for tests first. */
const NAMES = [HEADLESS, 'chromium', 'chromium-browser', 'google-chrome'];

/** Packages of Debian and its like; the first that can be had. */
const PACKAGES = [HEADLESS, 'chromium'];

/** Chromium is to do nothing but what it is asked; Playwright adds more of the kind, and a profile of its own. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  // Nothing has an address but this machine.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The Chromium of this machine: `CHROMIUM_PATH`, else the first in `PATH`. Null if there is none.
 *
 * @throws Error if `CHROMIUM_PATH` is no program
 */
export function findChromium(env: Environment): string | null {
  const given = env['CHROMIUM_PATH'];
  if (given) {
    if (isProgram(given)) return given;
    throw new Error(`CHROMIUM_PATH is ${given}, which is no program that can be run.`);
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find(isProgram) ?? null;
}

/** How to run a command; a test gives another one. */
export type Run = (command: string, args: readonly string[]) => boolean;

/**
 * The Chromium of this machine. On Debian and its like it is installed if there is none, which takes the
 * rights of root.
 *
 * @throws Error that says what to install
 */
export function ensureChromium(
  env: Environment = process.env,
  canInstall = isRoot() && existsSync('/etc/debian_version'),
  run: Run = runQuietly,
): string {
  const found = findChromium(env);
  if (found !== null) return found;
  if (canInstall) {
    process.stderr.write('chartlift: installing Chromium for the browser tests (once) …\n');
    const installed = run('apt-get', ['update']) && PACKAGES.some((name) => install(name, run));
    const chromium = installed ? findChromium(env) : null;
    if (chromium !== null) return chromium;
  }
  throw new Error(
    'The browser tests need Chromium, and there is none in PATH. Install it (Debian, Ubuntu: apt-get install chromium), or set CHROMIUM_PATH to the program.',
  );
}

function install(name: string, run: Run): boolean {
  return run('apt-get', ['install', '-y', '--no-install-recommends', name]);
}

/** Whether the process has all rights; Chromium has no sandbox then. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** What it prints is shown only if it fails. */
function runQuietly(command: string, args: readonly string[]): boolean {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  return status === 0;
}

// As a script it says which one, and installs it where that has to be.
if (import.meta.main) console.log(ensureChromium());
