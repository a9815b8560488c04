import type { Clock } from '../clock.ts';
import { toChartliftError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { RunRecord, StreamResultRecord } from '../state/run-record.ts';
import type { SourceRecord, StreamRecord } from '../state/source-record.ts';
import type { RunEvent } from '../sync/run-events.ts';
import type { StreamResult } from '../sync/run-result.ts';
import { errorRecord } from './error-record.ts';
import type { EventHub } from './event-hub.ts';
import type { RequestOutcome, ServiceObserver } from './observer.ts';
import type { RunJournal } from './run-journal.ts';
import { createRunLog, type NewRunEvent } from './run-log.ts';

export interface RunRecorderParts {
  readonly journal: RunJournal;
  readonly clock: Clock;
  readonly hub: EventHub;
  readonly observer: ServiceObserver;
  readonly logger: Logger;
}

/** Keeps what happens in a run: its log, the result of each stream, the titles that were found. */
export class RunRecorder {
  readonly #parts: RunRecorderParts;
  readonly #run: RunRecord;
  readonly #source: SourceRecord;
  readonly #titles: Map<string, string | null>;
  readonly #toLine: (event: RunEvent) => NewRunEvent | null;
  #lines: NewRunEvent[] = [];
  #results: StreamResult[] = [];
  #isWriting = false;
  #isClosing = false;
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown;

  constructor(
    parts: RunRecorderParts,
    run: RunRecord,
    source: SourceRecord,
    streams: readonly StreamRecord[],
  ) {
    this.#parts = parts;
    this.#run = run;
    this.#source = source;
    this.#titles = new Map(streams.map(({ name, title }) => [name, title]));
    this.#toLine = createRunLog(() => parts.clock.now());
  }

  take(event: RunEvent): void {
    this.#observe(event);
    const line = this.#toLine(event);
    if (line !== null) this.#lines.push(line);
    if (event.type === 'ended') this.#results.push(event.result);
    if (line !== null && !this.#isWriting) this.#writing = this.#write();
  }

  /** Resolves when everything is kept; throws if something could not be. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#parts.journal.flush();
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    while (this.#lines.length + this.#results.length > 0) {
      const lines = this.#lines;
      const results = this.#results;
      this.#lines = [];
      this.#results = [];
      await this.#keep(lines, results);
    }
    this.#isWriting = false;
  }

  async #keep(lines: readonly NewRunEvent[], results: readonly StreamResult[]): Promise<void> {
    const { journal, hub, observer, logger } = this.#parts;
    const records = results.map((result) => this.#recordOf(result));
    const titles = results.flatMap(({ stream, title }) =>
      title === null || this.#titles.get(stream) === title
        ? []
        : [{ sourceId: this.#source.id, stream, title }],
    );
    try {
      const kept = journal.keep({ runId: this.#run.id, lines, results: records, titles });
      if (this.#isClosing) journal.flush();
      await kept;
      for (const record of records) observer.streamEnded(record);
      hub.tell(`run:${this.#run.id}`);
    } catch (error) {
      this.#failure = error;
      logger.error(
        { err: toChartliftError(error), run: this.#run.id },
        'a run could not be recorded',
      );
    }
  }

  #recordOf(result: StreamResult): StreamResultRecord {
    const { error, ...facts } = result;
    return {
      ...facts,
      runId: this.#run.id,
      error: error && errorRecord(error),
      endedAt: new Date(this.#parts.clock.now()).toISOString(),
    };
  }

  #observe(event: RunEvent): void {
    const { observer, clock } = this.#parts;
    const { connector } = this.#source;
    if (event.type === 'reading') {
      const { progress } = event;
      if (progress.phase === 'fetched') observer.requested(connector, 'answered');
      if (progress.phase !== 'backing_off') return;
      observer.requested(connector, progress.reason);
      const wait = Math.max(0, progress.until - clock.now());
      if (progress.reason === 'rate_limited') observer.waited(connector, wait);
    }
    const outcome = event.type === 'ended' ? refusal(event.result) : null;
    if (outcome !== null) observer.requested(connector, outcome);
  }
}

/** The last request of a stream that failed for what the source said; null for any other end. */
function refusal({ error, attempts }: StreamResult): RequestOutcome | null {
  if (error === null || attempts === 0) return null;
  if (error.code === 'rate_limited') return 'rate_limited';
  if (error.code === 'amplitude_unavailable') return 'unavailable';
  return error.kind === 'config' ? 'refused' : null;
}
