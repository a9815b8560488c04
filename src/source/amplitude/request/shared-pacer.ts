import { createHash } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { Secret } from '../secret.ts';
import { Pacer } from './pacer.ts';

/** One per API key for the life of the process; a process meets few keys. */
const pacers = new Map<string, Pacer>();

/**
 * The one pacer of an API key at a host. Amplitude counts requests per project (reference §1.3), so
 * everything in this process that uses the key shares it, whatever source or run it belongs to.
 *
 * The clock and randomness of the first caller stay in use.
 */
export function sharedPacer(
  baseUrl: string,
  apiKey: Secret,
  clock: Clock,
  random: () => number,
): Pacer {
  // A hash, so that the map holds no key in clear for a heap dump to show.
  const name = createHash('sha256').update(`${baseUrl}\n${apiKey.reveal()}`).digest('base64');
  const pacer = pacers.get(name) ?? new Pacer(clock, random);
  pacers.set(name, pacer);
  return pacer;
}
