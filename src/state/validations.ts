import { type Selectable, sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Database } from './database.ts';
import { newId } from './id.ts';
import type { ValidationsTable } from './tables.ts';

/** What is validated: a new source, more streams for one, or other credentials for one. */
export type ValidationPurpose = 'new' | 'add_streams' | 'credentials';

/** A check of settings before they are saved. Times are ISO 8601 texts in UTC. */
export interface ValidationRecord {
  readonly id: string;
  readonly status: 'running' | 'ready' | 'failed';
  readonly purpose: ValidationPurpose;
  /** Name of the connector. */
  readonly connector: string;
  /** The source that it is for; null for a new one. */
  readonly sourceId: string | null;
  /** The settings that are no secret. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The secret settings, sealed for the id of this validation. */
  readonly sealedSecrets: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly endedAt: string | null;
}

export interface NewValidation {
  readonly connector: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Seals the secret settings for the validation of this id. */
  readonly seal: (id: string) => string;
  readonly sourceId: string | null;
  readonly purpose: ValidationPurpose;
  readonly createdBy: string;
}

/** One check of a validation; `seq` counts from 1 within it. */
export interface NumberedCheck<Check> {
  readonly seq: number;
  readonly check: Check;
}

/**
 * Validations with what they found. What a check or a stream says is for the service to know: it comes
 * out as it was put in, so the types that callers name are their own.
 */
export class ValidationStore {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Begins one, as `running`. */
  async create(validation: NewValidation): Promise<ValidationRecord> {
    const now = this.#clock.now();
    const id = newId('val', now);
    const row = await this.#database.db
      .insertInto('validations')
      .values({
        id,
        connector: validation.connector,
        config: JSON.stringify(validation.config),
        sealed_secrets: validation.seal(id),
        source_id: validation.sourceId,
        purpose: validation.purpose,
        status: 'running',
        streams: null,
        created_at: new Date(now).toISOString(),
        created_by: validation.createdBy,
        ended_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return recordOf(row);
  }

  async get(id: string): Promise<ValidationRecord | null> {
    const row = await this.#database.db
      .selectFrom('validations')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : recordOf(row);
  }

  /** Adds a check to those of a validation. Returns its number. */
  async appendCheck(id: string, check: unknown): Promise<number> {
    const { seq } = await this.#database.db
      .insertInto('validation_checks')
      .values(({ selectFrom }) => ({
        validation_id: id,
        seq: selectFrom('validation_checks')
          .select(sql<number>`coalesce(max(seq), 0) + 1`.as('next'))
          .where('validation_id', '=', id),
        content: JSON.stringify(check),
      }))
      .returning('seq')
      .executeTakeFirstOrThrow();
    return seq;
  }

  /** The checks after the one of number `after`, in their order; 0 for all. */
  async checks<Check>(id: string, after: number): Promise<readonly NumberedCheck<Check>[]> {
    const rows = await this.#database.db
      .selectFrom('validation_checks')
      .select(['seq', 'content'])
      .where('validation_id', '=', id)
      .where('seq', '>', after)
      .orderBy('seq')
      .execute();
    return rows.map(({ seq, content }) => ({ seq, check: JSON.parse(content) }));
  }

  /** The streams that it found; none before it has ended. */
  async streams<Stream>(id: string): Promise<readonly Stream[]> {
    const row = await this.#database.db
      .selectFrom('validations')
      .select('streams')
      .where('id', '=', id)
      .executeTakeFirst();
    return JSON.parse(row?.streams ?? '[]');
  }

  /** Ends one that is running. Returns false if it is not. */
  async finish(
    id: string,
    status: 'ready' | 'failed',
    streams: readonly unknown[],
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.#database.db
      .updateTable('validations')
      .set({ status, streams: JSON.stringify(streams), ended_at: this.#now() })
      .where('id', '=', id)
      .where('status', '=', 'running')
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Ends those that a process left running which is no more. Returns how many. */
  async failRunning(): Promise<number> {
    const { numUpdatedRows } = await this.#database.db
      .updateTable('validations')
      .set({ status: 'failed', ended_at: this.#now() })
      .where('status', '=', 'running')
      .executeTakeFirst();
    return Number(numUpdatedRows);
  }

  /** Removes those that were begun longer ago, with their secrets and checks. Returns how many. */
  async prune(olderThanMs: number): Promise<number> {
    const { numDeletedRows } = await this.#database.db
      .deleteFrom('validations')
      .where('created_at', '<', new Date(this.#clock.now() - olderThanMs).toISOString())
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}

function recordOf(row: Selectable<ValidationsTable>): ValidationRecord {
  return {
    id: row.id,
    status: row.status,
    purpose: row.purpose,
    connector: row.connector,
    sourceId: row.source_id,
    config: JSON.parse(row.config),
    sealedSecrets: row.sealed_secrets,
    createdAt: row.created_at,
    createdBy: row.created_by,
    endedAt: row.ended_at,
  };
}
