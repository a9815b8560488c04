/**
 * `chartlift serve` from a checkout: with the web app, built if need be. Options are passed on. It runs the
 * sources: a service loads parts when they are first used, and a build would take the older ones away.
 */
import { ensureBuilt } from './ensure-built.ts';

ensureBuilt('web');
process.argv.splice(2, 0, 'serve');
await import('../src/cli/main.ts');
