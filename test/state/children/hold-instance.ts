/** Holds a data folder, says so on one line, and goes on until it is killed: HOME [URL]. */
import { holdInstance } from '../../../src/state/instance-lock.ts';

const [home = '', url] = process.argv.slice(2);
await holdInstance({ home, url });
process.stdout.write('held\n');
setInterval(() => undefined, 1_000);
