/** `chartlift serve` from a checkout, built if need be. Options are passed on. */
import { BUILT_MAIN } from './built-part.ts';
import { ensureBuilt } from './ensure-built.ts';

ensureBuilt('cli', 'web');
process.argv.splice(2, 0, 'serve');
await import(BUILT_MAIN);
