/**
 * Builds the web app into `dist/web`, if what it is made of has changed. Each build has a folder of its own
 * that takes the place of the one before when it is whole, so that two at once do not disturb each other.
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { compressFiles } from './compress.ts';
import { BUILT_WEB, isWebBuilt, STAMP } from './ensure-web.ts';
import { hashWebInputs } from './web-inputs.ts';

const root = join(import.meta.dirname, '..');

if (!isWebBuilt()) {
  const started = performance.now();
  await buildWeb();
  console.log(`web app: built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

async function buildWeb(): Promise<void> {
  // Before the build: what changes meanwhile is built next time.
  const inputs = hashWebInputs(root);
  mkdirSync(join(root, 'dist'), { recursive: true });
  const folder = mkdtempSync(join(root, 'dist', '.web-'));
  try {
    const outDir = join(folder, 'new');
    await build({
      configFile: join(root, 'web', 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir, emptyOutDir: true },
    });
    await compressFiles(outDir);
    writeFileSync(join(outDir, STAMP), inputs);
    takePlace(outDir, join(folder, 'old'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts a finished build where the built app lies. Another process may do the same: then again. */
function takePlace(built: string, aside: string): void {
  for (;;) {
    rmSync(aside, { recursive: true, force: true });
    moveIfThere(BUILT_WEB, aside);
    try {
      renameSync(built, BUILT_WEB);
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
