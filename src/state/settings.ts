import type { Clock } from '../clock.ts';
import type { Database } from './database.ts';

/** Small facts that outlive the process, such as the hash of the set-up link. No secrets: texts are not sealed. */
export class SettingStore {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async get(key: string): Promise<string | null> {
    const row = await this.#database.db
      .selectFrom('settings')
      .select('value')
      .where('key', '=', key)
      .executeTakeFirst();
    return row?.value ?? null;
  }

  async set(key: string, value: string): Promise<void> {
    const fact = { value, updated_at: new Date(this.#clock.now()).toISOString() };
    await this.#database.db
      .insertInto('settings')
      .values({ key, ...fact })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(fact))
      .execute();
  }

  /** False if there was none: of several that remove it at once, one is told true. */
  async remove(key: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database.db
      .deleteFrom('settings')
      .where('key', '=', key)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }
}
