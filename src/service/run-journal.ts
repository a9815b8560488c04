import type { Clock } from '../clock.ts';
import type { RunRecording } from '../state/run-recording.ts';
import type { RunStore } from '../state/runs.ts';

/** What happens within this time in any run is written together, in ms. People who watch do not notice it. */
const GATHER_MS = 200;

/** Why a sleep is broken off; without a reason, each would make an error with a trace of the stack. */
const FLUSHED = 'flushed';

interface Waiting {
  readonly recording: RunRecording;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Writes down what happens in all runs of the process, that of many in one transaction: each transaction
 * waits for the disk, and nothing else goes on meanwhile.
 */
export class RunJournal {
  readonly #runs: Pick<RunStore, 'record'>;
  readonly #clock: Clock;
  #waiting: Waiting[] = [];
  #writing = false;
  #isUrgent = false;
  #gathering = new AbortController();

  constructor(runs: Pick<RunStore, 'record'>, clock: Clock) {
    this.#runs = runs;
    this.#clock = clock;
  }

  /** Resolves when it is kept. What was given before is kept before. */
  keep(recording: RunRecording): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ recording, done, failed });
      if (!this.#writing) void this.#write();
    });
  }

  /** Writes what was given as soon as possible: somebody waits for it. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    this.#isUrgent = true;
    this.#gathering.abort(FLUSHED);
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      await this.#gather();
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#writeTogether(batch);
    }
    this.#writing = false;
  }

  async #gather(): Promise<void> {
    this.#gathering = new AbortController();
    const { signal } = this.#gathering;
    if (!this.#isUrgent) await this.#clock.sleep(GATHER_MS, signal).catch(() => undefined);
    this.#isUrgent = false;
  }

  async #writeTogether(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#runs.record(together(batch.map(({ recording }) => recording)));
      for (const { done } of batch) done();
    } catch {
      // What cannot be kept of one run must not cost the others theirs.
      for (const { recording, done, failed } of batch) {
        await this.#runs.record([recording]).then(done, failed);
      }
    }
  }
}

/** One recording of each run, in the order of what happened. */
function together(recordings: readonly RunRecording[]): RunRecording[] {
  const byRun = Map.groupBy(recordings, ({ runId }) => runId);
  return [...byRun].map(([runId, parts]) => ({
    runId,
    lines: parts.flatMap(({ lines }) => lines),
    results: parts.flatMap(({ results }) => results),
    titles: parts.flatMap(({ titles }) => titles),
  }));
}
