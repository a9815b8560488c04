import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where a service answers that is started by hand, for `vite web`. */
const SERVICE = process.env['CHARTLIFT_URL'] ?? 'http://127.0.0.1:4860';

const SHARED = 'shared';

/** Code that only some screens share has a file of its own from this size on, in bytes before it is minified. */
const MERGED_BELOW = 40_000;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    manifest: true,
    // The content security policy allows no inline script, and browsers of today preload by themselves.
    modulePreload: { polyfill: false },
    // Small files would become data: addresses, which the policy allows for images only.
    assetsInlineLimit: 0,
    target: 'es2022',
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      output: {
        // Merged files import each other: without it a module may be used before it has run.
        strictExecutionOrder: true,
        // The bundler would name them after all screens that share them.
        chunkFileNames: ({ name }) =>
          `assets/${name.startsWith(SHARED) ? SHARED : '[name]'}-[hash].js`,
        codeSplitting: {
          // A screen would else load some thirty files of which most are smaller than a request's headers.
          groups: [
            { name: 'start', tags: ['$initial'], priority: 1 },
            {
              name: SHARED,
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: MERGED_BELOW,
            },
          ],
        },
      },
    },
  },
  server: {
    // The service refuses changes that a page of another origin asks for.
    proxy: { '/api/v1': { target: SERVICE, changeOrigin: true, headers: { origin: SERVICE } } },
  },
});
