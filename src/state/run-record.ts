import type { Actor } from './actor.ts';

export const RUN_STATUSES = [
  'queued',
  'running',
  'success',
  'partial',
  'failed',
  'canceling',
  'canceled',
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** Statuses of a run that has not ended. At most one run of a source is in one of them. */
export const ACTIVE_STATUSES = ['queued', 'running', 'canceling'] as const;

/** What brought a run about. */
export type RunCause = 'manual' | 'schedule' | 'after' | 'retry';

/** An error as it is kept and shown. */
export interface ErrorRecord {
  readonly code: string;
  readonly message: string;
  /** What to do. */
  readonly help: string;
}

/** One run of a source. Times are ISO 8601 texts in UTC. */
export interface RunRecord {
  readonly id: string;
  readonly sourceId: string;
  readonly status: RunStatus;
  readonly cause: RunCause;
  readonly startedBy: Actor;
  /** The run whose failed streams this one runs again. */
  readonly retryOf: string | null;
  /** The streams to run; null: all that are selected. */
  readonly streams: readonly string[] | null;
  /** When the schedule wanted it. */
  readonly scheduledFor: string | null;
  readonly queuedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** How often a process took it up; 2 or more after a process died or was stopped. */
  readonly attempt: number;
  /** What ended the run as a whole; a stream's own error is in its result. */
  readonly error: ErrorRecord | null;
}

/** What came of one stream in a run. */
export interface StreamResultRecord {
  readonly runId: string;
  readonly stream: string;
  /** As `layer.table`. */
  readonly table: string;
  readonly title: string | null;
  readonly status: 'success' | 'unchanged' | 'empty' | 'failed';
  readonly rows: number | null;
  readonly version: number | null;
  readonly bytes: number | null;
  /** Rows against the version before. */
  readonly change: {
    readonly added: number;
    readonly removed: number;
    readonly changed: number;
  } | null;
  readonly durationMs: number;
  /** Requests made for it. */
  readonly attempts: number;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly error: ErrorRecord | null;
  readonly endedAt: string;
}

/** One line of a run's log, and one event of its stream. */
export interface RunEventRecord {
  readonly runId: string;
  /** Counts from 1 within the run. */
  readonly seq: number;
  readonly at: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** Such as `started`, `stream_requesting`, `stream_ended`, `run_ended`. */
  readonly type: string;
  readonly stream: string | null;
  /** One sentence for people. */
  readonly message: string;
  /** The facts, for programs. */
  readonly data: Readonly<Record<string, unknown>>;
}
