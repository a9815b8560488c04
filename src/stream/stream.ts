import type { Column } from './schema.ts';

/** How a stream is brought up to date. `FULL_TABLE`: every read gives the whole current state. */
export type SyncMode = 'FULL_TABLE';

/** A named sequence of records of one shape: what becomes one table. */
export interface Stream {
  readonly name: string;
  /** One sentence for people: what the records are. */
  readonly description: string;
  readonly columns: readonly Column[];
  /** Columns that tell one record from another, so that two states can be compared. */
  readonly keys: readonly string[];
  readonly syncModes: readonly SyncMode[];
}
