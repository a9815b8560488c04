import { join } from 'node:path';
import { build } from 'vite';
import { compressFiles } from './compress.ts';

/** Bundles the web app and packs its files. */
export async function bundleWeb(outDir: string): Promise<void> {
  await build({
    configFile: join(import.meta.dirname, '..', 'web', 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
  await compressFiles(outDir);
}
