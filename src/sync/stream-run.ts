import type { CommitOutcome } from '../catalog/commit/commit-table.ts';
import { formatTableId } from '../catalog/table-id.ts';
import type { Clock } from '../clock.ts';
import type { ChartliftError } from '../errors.ts';
import type { ReadProgress, StreamContent, Warning } from '../stream/connector.ts';
import type { PlannedStream } from './plan.ts';
import type { RunEvent } from './run-events.ts';
import type { StreamResult } from './run-result.ts';
import { advance, type StreamState } from './stream-state.ts';

/** One stream in a run: where it is, and in the end what came of it. */
export class StreamRun {
  readonly planned: PlannedStream;
  attempts = 0;
  /** Set once the stream has ended. */
  result: StreamResult | undefined;
  readonly #clock: Clock;
  readonly #onEvent: (event: RunEvent) => void;
  #started: number | undefined;
  #state: StreamState = 'requested';
  #rows = 0;

  constructor(planned: PlannedStream, clock: Clock, onEvent: (event: RunEvent) => void) {
    this.planned = planned;
    this.#clock = clock;
    this.#onEvent = onEvent;
  }

  /** Passes on what the source does for the stream; its time runs from the first request on. */
  reading(progress: ReadProgress): void {
    if (progress.phase !== 'waiting') this.#started ??= this.#clock.now();
    this.#onEvent({ type: 'reading', progress });
  }

  advance(to: StreamState): void {
    this.#started ??= this.#clock.now();
    this.#state = advance(this.#state, to);
    this.#onEvent({ type: 'state', stream: this.planned.stream.name, state: to });
  }

  wrote(rows: number): void {
    this.#rows += rows;
    this.#onEvent({ type: 'rows', stream: this.planned.stream.name, rows: this.#rows });
  }

  commit(content: StreamContent, outcome: CommitOutcome): void {
    this.advance('committed');
    const same = outcome.status === 'unchanged';
    this.#end({
      title: content.title,
      status: outcome.rows === 0 ? 'empty' : same ? 'unchanged' : 'success',
      rows: outcome.rows,
      version: outcome.version,
      bytes: outcome.bytes,
      change: outcome.change,
      warnings: [...content.warnings, ...upkeepWarnings(outcome)],
      error: null,
    });
  }

  /** Ends the stream with an error, unless it has ended already. */
  fail(error: ChartliftError, warnings: readonly Warning[] = []): StreamResult {
    if (this.result !== undefined) return this.result;
    this.advance('failed');
    return this.#end({
      title: null,
      status: 'failed',
      rows: null,
      version: null,
      bytes: null,
      change: null,
      warnings,
      error,
    });
  }

  #end(outcome: Omit<StreamResult, 'stream' | 'table' | 'durationMs' | 'attempts'>): StreamResult {
    this.result = {
      ...outcome,
      stream: this.planned.stream.name,
      table: formatTableId(this.planned.table),
      durationMs: this.#clock.now() - (this.#started ?? this.#clock.now()),
      attempts: this.attempts,
    };
    this.#onEvent({ type: 'ended', result: this.result });
    return this.result;
  }
}

/** The version is committed all the same; a log without upkeep only gets slower to read. */
function upkeepWarnings({ upkeepFailure }: CommitOutcome): readonly Warning[] {
  if (upkeepFailure === null) return [];
  const message = `The version is committed, but its log could not be tidied: ${upkeepFailure.message}`;
  return [{ code: 'upkeep_failed', message }];
}
