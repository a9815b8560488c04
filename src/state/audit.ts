import type { Selectable } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Actor } from './actor.ts';
import type { Database } from './database.ts';
import { newId } from './id.ts';
import { afterCursor, pageByIds } from './newest-first.ts';
import type { Page, PageRequest } from './page.ts';
import type { AuditTable } from './tables.ts';

/** One change that somebody made, before it is written down. */
export interface NewAuditEntry {
  readonly actor: Actor;
  /** `noun.verb` in the past, such as `source.paused`. */
  readonly action: string;
  readonly target: {
    /** The noun in the singular, such as `source`. */
    readonly type: string;
    readonly id: string;
    /** For people. */
    readonly name: string;
  };
  /** What changed, without secrets. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;
}

/** One change, as the trail keeps it. `at` is an ISO 8601 text in UTC. */
export interface AuditRecord extends NewAuditEntry {
  readonly id: string;
  readonly at: string;
}

/** Which changes; what is absent does not matter. */
export interface AuditFilter extends PageRequest {
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  readonly targetType?: string | undefined;
  readonly targetId?: string | undefined;
  /** ISO 8601 text in UTC; what was changed then or later. */
  readonly since?: string | undefined;
}

/** Who changed what and when. Entries are only ever added. */
export class AuditStore {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async append(entry: NewAuditEntry): Promise<AuditRecord> {
    const now = this.#clock.now();
    const row = await this.#database.db
      .insertInto('audit')
      .values({
        id: newId('aud', now),
        at: new Date(now).toISOString(),
        actor_type: entry.actor.type,
        actor_id: entry.actor.id,
        actor_name: entry.actor.name,
        action: entry.action,
        target_type: entry.target.type,
        target_id: entry.target.id,
        target_name: entry.target.name,
        details: JSON.stringify(entry.details),
        request_id: entry.requestId,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return recordOf(row);
  }

  /** Newest first. Throws `request_invalid` for a wrong cursor. */
  async list(filter: AuditFilter): Promise<Page<AuditRecord>> {
    const { actorId, action, targetType, targetId, since, limit } = filter;
    const after = afterCursor(filter.cursor);
    let query = this.#database.db.selectFrom('audit').selectAll();
    if (actorId !== undefined) query = query.where('actor_id', '=', actorId);
    if (action !== undefined) query = query.where('action', '=', action);
    if (targetType !== undefined) query = query.where('target_type', '=', targetType);
    if (targetId !== undefined) query = query.where('target_id', '=', targetId);
    if (since !== undefined) query = query.where('at', '>=', since);
    if (after !== null) query = query.where('id', '<', after);
    const rows = await query
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    return pageByIds(rows, limit, recordOf);
  }
}

function recordOf(row: Selectable<AuditTable>): AuditRecord {
  return {
    id: row.id,
    at: row.at,
    actor: { type: row.actor_type, id: row.actor_id, name: row.actor_name },
    action: row.action,
    target: { type: row.target_type, id: row.target_id, name: row.target_name },
    details: JSON.parse(row.details),
    requestId: row.request_id,
  };
}
