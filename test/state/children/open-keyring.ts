/**
 * Opens the keyring of a home at a moment that other processes are told, too, and prints a text that
 * it has sealed and a fingerprint, as a line of JSON. Arguments: home, moment in ms since the epoch.
 */
import { openKeyring } from '../../../src/state/secrets/keyring.ts';

const [home = '', moment = ''] = process.argv.slice(2);

while (Date.now() < Number(moment));
const keyring = await openKeyring({ home });
const answer = { sealed: keyring.seal('plain', 'src_1'), fingerprint: keyring.fingerprint('a') };
process.stdout.write(JSON.stringify(answer));
