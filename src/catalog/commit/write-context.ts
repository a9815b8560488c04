import type { DuckDBConnection } from '@duckdb/node-api';
import type { Clock } from '../../clock.ts';
import type { Disk } from '../disk/disk.ts';
import type { LazyConnection } from '../lazy-connection.ts';
import type { Slots } from '../stage/slots.ts';
import type { CommitJournal } from './journal.ts';
import type { StepHook } from './write-step.ts';

/** What the parts of one table's write share: the run they belong to and what it works with. */
export interface WriteContext {
  readonly lake: string;
  readonly runId: string;
  /** The run's staging directory. */
  readonly staging: string;
  /** The run's. */
  readonly journal: CommitJournal;
  readonly clock: Clock;
  /** Writes small parts and commits. */
  readonly disk: Disk;
  /** The table's own: its statements run one after the other. */
  readonly connection: LazyConnection;
  /** For work that goes on beside others. */
  connect(): Promise<DuckDBConnection>;
  /** Bounds what DuckDB does at once, over all tables of the run. */
  readonly slots: Slots;
  readonly onStep: StepHook;
}
