import type { Clock } from '../../clock.ts';

interface Attempts {
  count: number;
  /** When counting began, in ms. */
  since: number;
}

/** What is remembered at most; the oldest is forgotten first. */
const MOST_KEYS = 20_000;

/**
 * Counts attempts by key (an address, an account) within a window of time that begins with the first.
 * It lives in memory: a restart forgets, which costs a guesser more than it gives.
 */
export class AttemptLimit {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #windowMs: number;
  readonly #attempts = new Map<string, Attempts>();

  /** @param most attempts within `windowMs` */
  constructor(clock: Clock, most: number, windowMs: number) {
    this.#clock = clock;
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Counts one attempt. Gives 0 if it may be made, else for how many ms none may. */
  take(key: string): number {
    const now = this.#clock.now();
    const known = this.#attempts.get(key);
    if (!known || now - known.since >= this.#windowMs) {
      this.#attempts.delete(key);
      this.#attempts.set(key, { count: 1, since: now });
      this.#forgetOldest();
      return 0;
    }
    if (known.count >= this.#most) return known.since + this.#windowMs - now;
    known.count += 1;
    return 0;
  }

  /** Takes back one attempt, which proved to be right; those before it still count. */
  giveBack(key: string): void {
    const known = this.#attempts.get(key);
    if (known) known.count -= 1;
  }

  /** Forgets the attempts of a key that proved to be right. */
  clear(key: string): void {
    this.#attempts.delete(key);
  }

  #forgetOldest(): void {
    if (this.#attempts.size <= MOST_KEYS) return;
    const [oldest] = this.#attempts.keys();
    if (oldest !== undefined) this.#attempts.delete(oldest);
  }
}

/** The key of an address: of IPv6 the first 64 bits, which one customer has to themselves (RFC 6177). */
export function addressKey(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = ''] = address.split('::');
  const groups = head.split(':').slice(0, 4);
  return address.includes('::') && groups.length < 4
    ? `${groups.join(':')}::/64`
    : `${groups.join(':')}/64`;
}
