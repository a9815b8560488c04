import type { RunRecord } from './run-record.ts';
import type { Trigger } from './trigger.ts';

/** A configured source. Times are ISO 8601 texts in UTC. */
export interface SourceRecord {
  readonly id: string;
  /** Name of its connector, such as `amplitude`. */
  readonly connector: string;
  readonly name: string;
  readonly description: string;
  /** The fields of the connector's spec that are no secret, as they were given. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The secret fields, sealed; see `secrets/`. */
  readonly sealedSecrets: string;
  /** Sources with the same text share one rate limit at their source (an API key's). */
  readonly limitGroup: string;
  readonly trigger: Trigger;
  readonly paused: boolean;
  /** When it is due; null: never by itself. */
  readonly nextRunAt: string | null;
  /** How long a run may take, in ms. */
  readonly timeLimitMs: number;
  /** Counts changes, so that nobody overwrites what they have not seen. */
  readonly revision: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
}

/** A stream of a source, and the table that it becomes. */
export interface StreamRecord {
  readonly sourceId: string;
  readonly name: string;
  /** As the last check or run found it. */
  readonly title: string | null;
  /** Whether runs write it; a stream that was not chosen has its place all the same. */
  readonly selected: boolean;
  readonly layer: string;
  readonly folder: string | null;
  readonly table: string;
  readonly syncMode: 'FULL_TABLE';
  /** How old the source's answer may be, in ms, as the last check found it; null: unknown. */
  readonly cacheMs: number | null;
  /** What it is for, in the words of its owner. */
  readonly note: string;
}

/** A source without what comes from its secrets. */
export type ShownSource = Omit<SourceRecord, 'sealedSecrets' | 'limitGroup'>;

/** A source as lists show it. */
export interface SourceListing extends ShownSource {
  readonly selectedStreams: number;
  readonly lastRun: RunRecord | null;
  /** Status of the latest runs, newest first, 10 at most. */
  readonly recentRuns: readonly Pick<RunRecord, 'id' | 'status' | 'startedAt' | 'endedAt'>[];
}
