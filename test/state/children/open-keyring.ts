/**
 * Opens the keyring of a home when it is told to, as other processes are at the same time, and prints a text
 * that it has sealed and a fingerprint, as a line of JSON. Prints a line before that, once it is ready.
 * Argument: home.
 */
import { once } from 'node:events';
import { openKeyring } from '../../../src/state/secrets/keyring.ts';

const [home = ''] = process.argv.slice(2);

process.stdout.write('ready\n');
await once(process.stdin, 'data');
const keyring = await openKeyring({ home });
const answer = { sealed: keyring.seal('plain', 'src_1'), fingerprint: keyring.fingerprint('a') };
process.stdout.write(JSON.stringify(answer));
process.stdin.destroy();
