/**
 * Rotates the secrets of a home again and again until it is killed, without waiting for others.
 * Arguments: home, URL of the database (none: SQLite).
 */
import { openDatabase } from '../../../src/state/database.ts';
import { openKeyring } from '../../../src/state/secrets/keyring.ts';
import { rotateSecrets } from '../../../src/state/secrets/rotate-secrets.ts';

const [home = '', url] = process.argv.slice(2);

const clock = { now: () => Date.now(), sleep: async () => undefined };
const database = await openDatabase({ home, url });
const keyring = await openKeyring({ home });
process.stdout.write('ready\n');
for (;;) await rotateSecrets({ database, keyring, clock });
