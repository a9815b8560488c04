import type { z } from 'zod';
import type { ChartliftError } from '../errors.ts';
import type { RecordBatch } from './record-batch.ts';
import type { Stream } from './stream.ts';

/** Something in the source's answer that a person should know; the records are right all the same. */
export interface Warning {
  readonly code: string;
  readonly message: string;
}

/** What a read is doing for one stream, while it does it. Times are milliseconds, sizes are bytes. */
export type ReadProgress =
  | { readonly stream: string; readonly phase: 'waiting' }
  | { readonly stream: string; readonly phase: 'requesting'; readonly attempt: number }
  | { readonly stream: string; readonly phase: 'fetching'; readonly bytes: number }
  | {
      readonly stream: string;
      readonly phase: 'backing_off';
      /** When the next try starts, in ms since the epoch. */
      readonly until: number;
      readonly reason: 'rate_limited' | 'unavailable';
    }
  | { readonly stream: string; readonly phase: 'fetched'; readonly bytes: number };

/** What is to be read. */
export interface ReadRequest {
  /** Names of streams. */
  readonly streams: readonly string[];
  /**
   * For a retry: a stream that tells about all others is read for the named ones alone, and keeps its
   * rows of the rest. Default: it is read for everything that is configured.
   */
  readonly partial?: boolean;
}

/** What every call of a connector gets beside its configuration. */
export interface ConnectorContext {
  /** Aborting it ends the call, with the signal's reason, and frees what it holds. */
  readonly signal: AbortSignal;
  /** When to give up waiting for a source that asks to wait, in ms since the epoch. */
  readonly deadline: number;
  onProgress(progress: ReadProgress): void;
}

/** How the records of a stream are laid out, in words that a person can check against the source. */
export interface StreamShape {
  /** `time_series`: every segment is a period; `categories`: something else; `empty`: no records. */
  readonly layout: 'time_series' | 'categories' | 'empty';
  /** The length of a period; null where segments are no periods. */
  readonly interval: 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year' | null;
  /** Different dimension values, counted as rows of the source. */
  readonly rows: number;
  readonly segments: number;
  /** How old an answer of the source may be, in ms: reading more often brings nothing; null: unknown. */
  readonly cacheMs: number | null;
}

/** What a check found out about one stream, before anything is saved. */
export interface StreamSummary {
  readonly shape: StreamShape;
  readonly title: string | null;
  readonly description: string | null;
  readonly dimension: string | null;
  readonly records: number;
  readonly firstRows: readonly (readonly (string | number | null)[])[];
  /** The same stream's row of metadata, by column name. */
  readonly metadata: Readonly<Record<string, string | null>>;
}

/** One thing that was checked: the credentials (`stream` is null) or one stream. */
export type CheckResult = {
  readonly stream: string | null;
  readonly warnings: readonly Warning[];
} & (
  | { readonly ok: true; readonly summary: StreamSummary | null }
  | { readonly ok: false; readonly error: ChartliftError }
);

/** The records of one stream that could be read. */
export interface StreamContent {
  /** The stream's title for people, such as a chart's title. */
  readonly title: string | null;
  /**
   * Rows whose current state is unknown in this read: where the table already has a row with this
   * value in its key column, that row stays as it is.
   */
  readonly keep: ReadonlySet<string>;
  /**
   * To be iterated once; a batch holds until the next one is asked for. Ends early with an error if the
   * content turns out to be unreadable.
   */
  batches(): AsyncIterable<RecordBatch>;
  /** Complete once `batches()` has ended. */
  readonly warnings: readonly Warning[];
  /** Frees what the content holds (memory, a temporary file); to be called once, whatever happened. */
  dispose(): Promise<void>;
}

/** The outcome of reading one stream. One bad stream never stops the others. */
export type StreamReading = {
  readonly stream: Stream;
  /** Requests made for it. */
  readonly attempts: number;
} & ({ readonly content: StreamContent } | { readonly error: ChartliftError });

/**
 * The seam between a source and everything else: what any source must be able to say and do.
 * {@link Stream}s are named by it, {@link RecordBatch}es flow through it.
 *
 * A configuration has passed `spec` before it reaches any other member.
 */
export interface Connector<Config> {
  readonly name: string;
  readonly title: string;
  /** The stream that tells about all others; null: there is none. */
  readonly metadataStream: string | null;
  /** The one schema behind validation, wizard, docs and protocols. */
  readonly spec: z.ZodType<Config>;
  /** Yields each result as soon as it is known. */
  check(config: Config, context: ConnectorContext): AsyncIterable<CheckResult>;
  /** The streams that a configuration gives. Needs no network. */
  discover(config: Config): readonly Stream[];
  /**
   * The configuration without one stream; null where it is the last of its kind, or no stream that can
   * be taken out.
   */
  without(config: Config, stream: string): Config | null;
  /** What shares one rate limit at the source: configurations with the same text wait for each other. */
  limitGroup(config: Config): string;
  /**
   * Reads the named streams, each as soon as its content is there, in any order.
   * Holds back when the consumer does not ask for more.
   *
   * @throws ChartliftError only for what concerns every stream (wrong credentials, an abort).
   */
  read(
    config: Config,
    request: ReadRequest,
    context: ConnectorContext,
  ): AsyncIterable<StreamReading>;
}
