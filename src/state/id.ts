import { randomBytes } from 'node:crypto';

/** Crockford's alphabet in lower case: no i, l, o, u, which people mistake. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Characters of the time: 10 × 5 bits hold the 48 bits of milliseconds. */
const TIME_CHARACTERS = 10;

/** Characters of chance: 16 × 5 bits are 80 bits. */
const RANDOM_CHARACTERS = 16;
const RANDOM_BYTES = 10;
const RANDOM_LIMIT = 1n << 80n;

let lastTime = -1;
let lastRandom = 0n;

/**
 * A new id, such as `src_01kaqj0c7hx8v3m2n5p9r4t6wz`: the prefix, then 26 characters in the form of a ULID
 * (github.com/ulid/spec) in lower case. Ids of one prefix sort by time; those that one process makes in the
 * same millisecond sort in the order of their making.
 *
 * @param prefix says what it is of: `src`, `run`, `val`, `tok`, `aud`
 * @param now in ms since the Unix epoch
 */
export function newId(prefix: string, now: number): string {
  const random =
    now === lastTime ? (lastRandom + 1n) % RANDOM_LIMIT : BigInt(`0x${randomHex(RANDOM_BYTES)}`);
  lastTime = now;
  lastRandom = random;
  return `${prefix}_${encode(BigInt(Math.floor(now)), TIME_CHARACTERS)}${encode(random, RANDOM_CHARACTERS)}`;
}

function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

function encode(value: bigint, characters: number): string {
  let rest = value;
  let text = '';
  for (let place = 0; place < characters; place += 1) {
    text = `${ALPHABET.charAt(Number(rest % 32n))}${text}`;
    rest /= 32n;
  }
  return text;
}
