import type { Clock } from '../../clock.ts';
import type { Accounts, UserRecord } from './accounts.ts';
import { createLinkSecret, hashSecret } from './api-token.ts';

/** Where the hash of the link is kept. */
const SETTING = 'setup_link';

/** Long enough to be found in a log, short enough not to be found in an old one. */
const LINK_MS = 24 * 60 * 60 * 1000;

/** The part of `SettingStore` that this needs. */
export interface Settings {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
  remove(key: string): Promise<unknown>;
}

/** The one-time link that lets whoever reads the log of the first start become the administrator. */
export class SetupLink {
  readonly #accounts: Pick<Accounts, 'hasAdmin' | 'createFirstAdmin'>;
  readonly #settings: Settings;
  readonly #clock: Clock;

  constructor(
    accounts: Pick<Accounts, 'hasAdmin' | 'createFirstAdmin'>,
    settings: Settings,
    clock: Clock,
  ) {
    this.#accounts = accounts;
    this.#settings = settings;
    this.#clock = clock;
  }

  /** Whether the installation has nobody who can administrate it. */
  async isNeeded(): Promise<boolean> {
    return !(await this.#accounts.hasAdmin());
  }

  /**
   * A new link, which replaces the one before; null if there is an administrator.
   * The secret stands behind `#`: browsers send it to nobody, and no log of requests has it.
   *
   * @param address where people reach the service, such as `http://127.0.0.1:8080`
   */
  async create(address: string): Promise<string | null> {
    if (!(await this.isNeeded())) {
      await this.#settings.remove(SETTING);
      return null;
    }
    const secret = createLinkSecret();
    const kept = { hash: hashSecret(secret), expiresAt: this.#clock.now() + LINK_MS };
    await this.#settings.set(SETTING, JSON.stringify(kept));
    return `${new URL('/setup', address).href}#token=${secret}`;
  }

  /** Makes the first administrator; null if the link does not hold, or there is one. */
  async use(
    secret: string,
    user: { readonly email: string; readonly name: string; readonly password: string },
  ): Promise<UserRecord | null> {
    const admin = await this.#accounts.createFirstAdmin(user, () => this.#holds(secret));
    if (admin) await this.#settings.remove(SETTING);
    return admin;
  }

  async #holds(secret: string): Promise<boolean> {
    const kept = await this.#settings.get(SETTING);
    if (kept === null) return false;
    const { hash, expiresAt }: { hash?: unknown; expiresAt?: unknown } = JSON.parse(kept);
    return (
      hash === hashSecret(secret) && typeof expiresAt === 'number' && this.#clock.now() < expiresAt
    );
  }
}
