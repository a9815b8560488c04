import type { Clock } from '../../clock.ts';
import { ChartliftError } from '../../errors.ts';
import type { AppContext } from '../app-env.ts';
import { AttemptLimit, addressKey } from './attempt-limit.ts';

const WINDOW_MS = 15 * 60 * 1000;

/** A person who looks for the right password needs fewer; a list of common ones has thousands. */
const MOST_PER_ACCOUNT = 10;

/** An office behind one address has several people. */
const MOST_PER_ADDRESS = 50;

/** Slows whoever guesses passwords or links, by the address that they come from and the account they try. */
export class SignInLimit {
  readonly #accounts: AttemptLimit;
  readonly #addresses: AttemptLimit;

  constructor(clock: Clock) {
    this.#accounts = new AttemptLimit(clock, MOST_PER_ACCOUNT, WINDOW_MS);
    this.#addresses = new AttemptLimit(clock, MOST_PER_ADDRESS, WINDOW_MS);
  }

  /**
   * Counts an attempt before it is made, so that many at once count as many.
   *
   * @param account the name tried, whether or not there is such an account; null for links
   * @throws {ChartliftError} `too_many_requests`
   */
  take(c: AppContext, account: string | null): void {
    const waits = [this.#addresses.take(addressKey(c.get('clientAddress')))];
    if (account !== null) waits.push(this.#accounts.take(account.toLowerCase()));
    const waitMs = Math.max(...waits);
    if (waitMs === 0) return;
    c.header('Retry-After', String(Math.ceil(waitMs / 1000)));
    throw new ChartliftError(
      'too_many_requests',
      'There were too many attempts to sign in.',
      `Try again in ${Math.ceil(waitMs / 60_000)} min, or ask an administrator for a new password.`,
    );
  }

  /**
   * Forgets the attempts on an account whose owner proved to be right. Those of the address stay: else
   * whoever has one account could try the passwords of all others for ever.
   */
  clear(c: AppContext, account: string | null): void {
    this.#addresses.giveBack(addressKey(c.get('clientAddress')));
    if (account !== null) this.#accounts.clear(account.toLowerCase());
  }
}
