import type { Selectable } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Role } from './actor.ts';
import type { Database } from './database.ts';
import { newId } from './id.ts';
import { afterCursor, pageByIds } from './newest-first.ts';
import type { Page, PageRequest } from './page.ts';
import type { TokensTable } from './tables.ts';

/** A token as it is kept: never the token itself. Times are ISO 8601 texts in UTC. */
export interface TokenRecord {
  readonly id: string;
  readonly name: string;
  /** Its first characters, so that people recognise it. */
  readonly hint: string;
  readonly role: Role;
  readonly createdAt: string;
  /** Id of the user who made it. */
  readonly createdBy: string;
  readonly expiresAt: string | null;
  /** When it was last used, a minute more or less. */
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

export interface NewToken {
  readonly name: string;
  /** SHA-256 of the token, in hex. */
  readonly hash: string;
  readonly hint: string;
  readonly role: Role;
  readonly expiresAt: string | null;
  readonly createdBy: string;
}

/** A use is noted this often at most, in ms: a write for each request would cost more than the request. */
const TOUCH_EVERY_MS = 60_000;

/** Tokens for programs, by the hash of each. */
export class TokenStore {
  readonly #database: Database;
  readonly #clock: Clock;
  /** When each was last noted by this process, in ms since the epoch. */
  readonly #touched = new Map<string, number>();

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async create(token: NewToken): Promise<TokenRecord> {
    const now = this.#clock.now();
    const row = await this.#database.db
      .insertInto('tokens')
      .values({
        id: newId('tok', now),
        name: token.name,
        hash: token.hash,
        hint: token.hint,
        role: token.role,
        expires_at: token.expiresAt,
        created_by: token.createdBy,
        created_at: new Date(now).toISOString(),
        last_used_at: null,
        revoked_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return recordOf(row);
  }

  async get(id: string): Promise<TokenRecord | null> {
    const row = await this.#database.db
      .selectFrom('tokens')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : recordOf(row);
  }

  /** The token of this hash, also one that is revoked or has expired. */
  async findByHash(hash: string): Promise<TokenRecord | null> {
    const row = await this.#database.db
      .selectFrom('tokens')
      .selectAll()
      .where('hash', '=', hash)
      .executeTakeFirst();
    return row === undefined ? null : recordOf(row);
  }

  /** Notes that it was used. */
  async touch(id: string): Promise<void> {
    const now = this.#clock.now();
    const last = this.#touched.get(id);
    if (last !== undefined && now - last < TOUCH_EVERY_MS) return;
    this.#touched.set(id, now);
    await this.#database.db
      .updateTable('tokens')
      .set({ last_used_at: new Date(now).toISOString() })
      .where('id', '=', id)
      .execute();
  }

  /** Newest first, those included that no longer work. Throws `request_invalid` for a wrong cursor. */
  async list({ limit, cursor }: PageRequest): Promise<Page<TokenRecord>> {
    const after = afterCursor(cursor);
    const rows = await this.#database.db
      .selectFrom('tokens')
      .selectAll()
      .$if(after !== null, (query) => query.where('id', '<', after ?? ''))
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    return pageByIds(rows, limit, recordOf);
  }

  /** False if there is none, or it was revoked before. */
  async revoke(id: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#database.db
      .updateTable('tokens')
      .set({ revoked_at: new Date(this.#clock.now()).toISOString() })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }
}

function recordOf(row: Selectable<TokensTable>): TokenRecord {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    role: row.role,
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}
