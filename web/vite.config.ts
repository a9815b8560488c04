import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where a service answers that is started by hand, for `vite web`. */
const SERVICE = process.env['CHARTLIFT_URL'] ?? 'http://127.0.0.1:4860';

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
  },
  server: {
    // The service refuses changes that a page of another origin asks for.
    proxy: { '/api/v1': { target: SERVICE, changeOrigin: true, headers: { origin: SERVICE } } },
  },
});
