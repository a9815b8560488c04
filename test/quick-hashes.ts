/**
 * Makes hashes of passwords cheap: they are slow on purpose, 75 ms of a processor each, and tests make some two
 * hundred. Function and form stay; a service in a process of its own hashes as it is shipped.
 */
import crypto, { type BinaryLike, type ScryptOptions } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/** scrypt's N. The library's own is 16,384. */
const COST = 16;

const { scrypt } = crypto;

function quickScrypt(
  password: BinaryLike,
  salt: BinaryLike,
  length: number,
  options: ScryptOptions,
  done: (error: Error | null, key: Buffer) => void,
): void {
  scrypt(password, salt, length, { ...options, N: COST }, done);
}

// Files share their process: it may be done already.
if (scrypt.name !== quickScrypt.name) {
  Object.assign(crypto, { scrypt: quickScrypt });
  syncBuiltinESMExports();
}
