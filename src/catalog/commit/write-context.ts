import type { DuckDBConnection } from '@duckdb/node-api';
import type { Clock } from '../../clock.ts';
import type { StepHook } from './write-step.ts';

/** What the parts of a commit share: the run they belong to and what it works with. */
export interface WriteContext {
  readonly lake: string;
  readonly runId: string;
  /** The run's staging directory. */
  readonly staging: string;
  readonly clock: Clock;
  /** Used by one commit at a time. */
  readonly connection: DuckDBConnection;
  readonly onStep: StepHook;
}
