import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../tables.ts';

/** The databases that chartlift keeps its state in. */
export type Dialect = 'sqlite' | 'postgres';

/** One step of the tables from a version to the next. There is no way back. */
export interface Migration {
  /** `NNNN-name`, as its file. Never changes once it has been released. */
  readonly name: string;
  /**
   * Runs inside a transaction that holds the lock of migrations. The tables are as the migrations before
   * left them, whatever the type says.
   */
  up(db: Kysely<Tables>, dialect: Dialect): Promise<void>;
}

/**
 * The type of text columns. PostgreSQL would compare texts by the rules of a language, which differ between
 * installations; "C" compares bytes, as SQLite does (PostgreSQL manual, "Collation Support").
 */
export function textType(dialect: Dialect): RawBuilder<unknown> {
  return dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
}
