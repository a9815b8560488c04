import { ChartliftError } from '../errors.ts';
import type { Actor } from '../state/actor.ts';
import type { RunEventRecord, RunRecord, StreamResultRecord } from '../state/run-record.ts';
import type { RunStore } from '../state/runs.ts';
import type { SourceStore } from '../state/sources.ts';
import type { EventHub } from './event-hub.ts';
import { runActive } from './run-active.ts';
import { noSource } from './validations.ts';

export interface RunsParts {
  readonly sources: SourceStore;
  readonly runs: RunStore;
  readonly hub: EventHub;
  /** Takes up what was queued. */
  readonly wake: () => void;
  /** Aborts a run of this process. */
  readonly abort: (runId: string) => void;
  /** Called with a run that was canceled before it began. */
  readonly ended: (run: RunRecord) => Promise<void>;
}

/** Lines of a run's log that are read from the database at once. */
const PAGE = 500;

/** Whether a run has come to its end. */
export function hasEnded({ status }: RunRecord): boolean {
  return status !== 'queued' && status !== 'running' && status !== 'canceling';
}

/** Starts, watches and cancels runs. */
export class Runs {
  readonly #parts: RunsParts;

  constructor(parts: RunsParts) {
    this.#parts = parts;
  }

  /** @throws ChartliftError `not_found` */
  async get(id: string): Promise<RunRecord> {
    const run = await this.#parts.runs.get(id);
    if (run !== null) return run;
    throw new ChartliftError(
      'not_found',
      `There is no run ${id}.`,
      'List the runs; old ones are removed after some time.',
    );
  }

  /** @throws ChartliftError `not_found`, `run_active`, `conflict` without a selected stream */
  async start(sourceId: string, actor: Actor): Promise<RunRecord> {
    const source = await this.#parts.sources.get(sourceId);
    if (source === null) throw noSource(sourceId);
    const streams = await this.#parts.sources.streams(sourceId);
    if (!streams.some(({ selected }) => selected)) {
      throw new ChartliftError(
        'conflict',
        'The source has no stream that is selected.',
        'Select a stream first.',
      );
    }
    return this.#enqueue({ sourceId, cause: 'manual', startedBy: actor });
  }

  /**
   * Runs again what failed in a run, and nothing else.
   * @throws ChartliftError `not_found`, `run_active`, `conflict` where nothing failed
   */
  async retry(id: string, actor: Actor): Promise<RunRecord> {
    const { runs, sources } = this.#parts;
    const run = await this.get(id);
    if (!hasEnded(run)) throw runActive(run);
    const results = await runs.results(id);
    const selected = (await sources.streams(run.sourceId)).filter((stream) => stream.selected);
    const wanted = run.streams ?? selected.map(({ name }) => name);
    // What a canceled or broken run never came to has no result.
    const failed = wanted.filter((name) => {
      const result = results.find(({ stream }) => stream === name);
      return result === undefined || result.status === 'failed';
    });
    const open = failed.filter((name) => selected.some((stream) => stream.name === name));
    if (open.length === 0) {
      throw new ChartliftError(
        'conflict',
        'Nothing failed in this run.',
        'Start a new run of the source instead.',
      );
    }
    const streams = open.length === selected.length ? null : open;
    return this.#enqueue({
      sourceId: run.sourceId,
      cause: 'retry',
      startedBy: actor,
      retryOf: id,
      streams,
    });
  }

  /** Asks a run to stop; it ends within two seconds. A run that has ended is left as it is. */
  async cancel(id: string): Promise<RunRecord> {
    const { runs, hub, abort, ended } = this.#parts;
    const before = await this.get(id);
    if (hasEnded(before)) return before;
    const run = await runs.requestCancel(id);
    if (hasEnded(run)) await ended(run);
    else abort(id);
    hub.tell(`run:${id}`);
    return run;
  }

  /** What came of each stream so far, in the order of the source's streams. */
  async results(id: string): Promise<readonly StreamResultRecord[]> {
    const { sourceId } = await this.get(id);
    const streams = await this.#parts.sources.streams(sourceId);
    const places = new Map(streams.map(({ name }, place) => [name, place]));
    const place = ({ stream }: StreamResultRecord) => places.get(stream) ?? streams.length;
    return (await this.#parts.runs.results(id)).toSorted((a, b) => place(a) - place(b));
  }

  /**
   * The log of a run from after `seq` on, as it grows; ends with the run or the signal.
   */
  async *follow(
    id: string,
    after: number,
    signal: AbortSignal,
  ): AsyncGenerator<RunEventRecord, void, undefined> {
    const { runs, hub } = this.#parts;
    let seq = after;
    for await (const _ of hub.listen(`run:${id}`, signal)) {
      // Read before the log: what is written between the two is found in the log.
      const run = await this.get(id);
      for (;;) {
        const events = await runs.events(id, { after: seq, limit: PAGE });
        yield* events;
        seq = events.at(-1)?.seq ?? seq;
        if (events.length < PAGE) break;
      }
      if (hasEnded(run)) return;
    }
  }

  async #enqueue(request: Parameters<RunStore['enqueue']>[0]): Promise<RunRecord> {
    const { run, created } = await this.#parts.runs.enqueue(request);
    if (!created) throw runActive(run);
    this.#parts.wake();
    return run;
  }
}
