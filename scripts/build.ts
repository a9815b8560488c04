/**
 * Builds the parts that are named, or all: `cli` and `web`, each into its folder in `dist`, if what it is made
 * of has changed. Each build has a folder of its own that takes the place of the one before when it is whole,
 * so that two at once do not disturb each other.
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtFolder, hashInputs, isBuilt, type Part, STAMP } from './built-part.ts';
import { bundleCli } from './bundle-cli.ts';
import { bundleWeb } from './bundle-web.ts';

const BUNDLE: Readonly<Record<Part, (outDir: string) => Promise<void>>> = {
  cli: bundleCli,
  web: bundleWeb,
};

const PARTS: readonly Part[] = ['cli', 'web'];

const TITLES: Readonly<Record<Part, string>> = { cli: 'command line', web: 'web app' };

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !PARTS.some((part) => part === name));
if (unknown !== undefined) throw new Error(`No part is called ${unknown}: ${PARTS.join(', ')}.`);
for (const part of PARTS) {
  if ((wanted.length === 0 || wanted.includes(part)) && !isBuilt(part)) await buildPart(part);
}

async function buildPart(part: Part): Promise<void> {
  const started = performance.now();
  // Before the build: what changes meanwhile is built next time.
  const inputs = hashInputs(part);
  const target = builtFolder(part);
  const dist = join(target, '..');
  mkdirSync(dist, { recursive: true });
  const folder = mkdtempSync(join(dist, `.${part}-`));
  try {
    const outDir = join(folder, 'new');
    await BUNDLE[part](outDir);
    writeFileSync(join(outDir, STAMP), inputs);
    takePlace(outDir, target, join(folder, 'old'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${TITLES[part]}: built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** Puts a finished build where an older one may lie. Another process may do the same: then again. */
function takePlace(built: string, target: string, aside: string): void {
  for (;;) {
    rmSync(aside, { recursive: true, force: true });
    moveIfThere(target, aside);
    try {
      renameSync(built, target);
      return;
    } catch (error) {
      if (!isCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM')) throw error;
    }
  }
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code);
}
