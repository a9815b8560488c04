import type { Selectable } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Database } from './database.ts';
import type { IdempotencyKeysTable } from './tables.ts';

/** One use of an `Idempotency-Key`. */
export interface KeyedRequest {
  readonly key: string;
  /** Keys of different senders have nothing to do with each other. */
  readonly actorId: string;
  readonly method: string;
  readonly path: string;
  /** SHA-256 of the body, in hex. */
  readonly bodyHash: string;
}

/** An answer that is given again. */
export interface KeptAnswer {
  /** HTTP status. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Requests that are answered once, however often they come (draft-ietf-httpapi-idempotency-key-header). */
export class IdempotencyStore {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * Says what to do with a request: carry it out (`new`; for one of several that come at once), refuse it
   * since the first has not been answered (`busy`) or was another one (`mismatch`), or give the kept answer.
   */
  async begin(request: KeyedRequest): Promise<'new' | 'busy' | 'mismatch' | KeptAnswer> {
    const { db } = this.#database;
    for (;;) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('idempotency_keys')
        .values({
          actor_id: request.actorId,
          key: request.key,
          method: request.method,
          path: request.path,
          body_hash: request.bodyHash,
          status: null,
          headers: null,
          body: null,
          created_at: new Date(this.#clock.now()).toISOString(),
        })
        .onConflict((conflict) => conflict.columns(['actor_id', 'key']).doNothing())
        .executeTakeFirstOrThrow();
      if ((numInsertedOrUpdatedRows ?? 0n) > 0n) return 'new';
      const known = await this.#known(request);
      // Forgotten since: then this request may be the first.
      if (known !== undefined) return answerOf(known, request);
    }
  }

  /** Keeps the answer of a request that {@link begin} called new. */
  async complete(request: KeyedRequest, answer: KeptAnswer): Promise<void> {
    await this.#database.db
      .updateTable('idempotency_keys')
      .set({
        status: answer.status,
        headers: JSON.stringify(answer.headers),
        body: answer.body,
      })
      .where('actor_id', '=', request.actorId)
      .where('key', '=', request.key)
      .execute();
  }

  /** Lets the request be carried out when it comes again. */
  async forget(request: Pick<KeyedRequest, 'actorId' | 'key'>): Promise<void> {
    await this.#database.db
      .deleteFrom('idempotency_keys')
      .where('actor_id', '=', request.actorId)
      .where('key', '=', request.key)
      .execute();
  }

  /**
   * Forgets requests that were never answered: for the start of the only process that answers any, since one
   * that died would leave them `busy`. Returns how many.
   */
  async forgetUnanswered(): Promise<number> {
    const { numDeletedRows } = await this.#database.db
      .deleteFrom('idempotency_keys')
      .where('status', 'is', null)
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  /** Forgets requests that began longer ago than `olderThanMs`. Returns how many. */
  async prune(olderThanMs: number): Promise<number> {
    const { numDeletedRows } = await this.#database.db
      .deleteFrom('idempotency_keys')
      .where('created_at', '<', new Date(this.#clock.now() - olderThanMs).toISOString())
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  #known(request: KeyedRequest): Promise<Selectable<IdempotencyKeysTable> | undefined> {
    return this.#database.db
      .selectFrom('idempotency_keys')
      .selectAll()
      .where('actor_id', '=', request.actorId)
      .where('key', '=', request.key)
      .executeTakeFirst();
  }
}

function answerOf(
  known: Selectable<IdempotencyKeysTable>,
  { method, path, bodyHash }: KeyedRequest,
): 'busy' | 'mismatch' | KeptAnswer {
  const isSame = known.method === method && known.path === path && known.body_hash === bodyHash;
  if (!isSame) return 'mismatch';
  if (known.status === null) return 'busy';
  return {
    status: known.status,
    headers: JSON.parse(known.headers ?? '{}'),
    body: known.body ?? '',
  };
}
