/** `chartlift serve` from a checkout: with the web app, built if need be. Options are passed on. */
import { ensureWeb } from './ensure-web.ts';

ensureWeb();
process.argv.splice(2, 0, 'serve');
await import('../src/cli/main.ts');
