import type { ContentChange } from '../catalog/commit/compare-content.ts';
import type { ChartliftError } from '../errors.ts';
import type { Warning } from '../stream/connector.ts';

/**
 * What came of one stream: `success`, a new version; `unchanged`, the table showed these records already;
 * `empty`, the source has no records for it (a person should look); `failed`, the table is as it was.
 */
export type StreamStatus = 'success' | 'unchanged' | 'empty' | 'failed';

/** `partial`: some streams failed, others did not. */
export type RunStatus = 'success' | 'partial' | 'failed';

export interface StreamResult {
  readonly stream: string;
  /** As `layer.table`. */
  readonly table: string;
  readonly title: string | null;
  readonly status: StreamStatus;
  /** Records of the table after the run; null if it failed. */
  readonly rows: number | null;
  /** The table's version after the run; null if it failed. */
  readonly version: number | null;
  /** Bytes of the table's data files after the run; null if it failed. */
  readonly bytes: number | null;
  /** Rows against the version before; null if it failed. */
  readonly change: ContentChange | null;
  /** From the start of the run's work on it, in milliseconds. */
  readonly durationMs: number;
  /** Requests made to the source. */
  readonly attempts: number;
  readonly warnings: readonly Warning[];
  readonly error: ChartliftError | null;
}

export interface RunResult {
  readonly runId: string;
  readonly status: RunStatus;
  /** In the order in which the streams were configured. */
  readonly streams: readonly StreamResult[];
}

export function runStatus(streams: readonly StreamResult[]): RunStatus {
  const failed = streams.filter((stream) => stream.status === 'failed').length;
  if (failed === 0) return 'success';
  return failed === streams.length ? 'failed' : 'partial';
}
