import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');

/** Packages that are installed beside the command line; all others are part of the bundle. */
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/**
 * Bundles the command line with the service in it: a process opens some twenty files at its start instead of
 * nine hundred.
 */
export async function bundleCli(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: true,
      outDir,
      target: 'node24',
      // Stack traces are to be read.
      minify: false,
      license: { fileName: 'licenses.md' },
      rolldownOptions: {
        input: {
          main: 'src/cli/main.ts',
          // The script of a thread, which is looked for beside the code that starts it.
          'disk-thread': 'src/catalog/disk/disk-thread.ts',
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
    ssr: { target: 'node', noExternal: true, external: Object.keys(dependencies) },
  });
}
