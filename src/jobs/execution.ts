import type { Clock } from '../clock.ts';
import { ChartliftError, toChartliftError } from '../errors.ts';
import type { ErrorRecord, RunRecord } from '../state/run-record.ts';

/** What came of a run, as its handler says. */
export interface RunOutcome {
  readonly status: 'success' | 'partial' | 'failed';
  /** What ended the run as a whole. */
  readonly error: ErrorRecord | null;
}

/** What a handler is told beside the run. */
export interface RunContext {
  /**
   * Aborted with a ChartliftError `run_canceled`, `run_time_limit` or `interrupted`; the handler then
   * ends by throwing, soon.
   */
  readonly signal: AbortSignal;
  /** When the time of the run is over, in ms since the epoch; infinite without a limit. */
  readonly deadline: number;
  /**
   * The run needs its place in its limit group no longer: what is left to do for it does not count against
   * the limit. May be called again.
   */
  makeWay(): void;
}

/** Does the work of a run. */
export type RunHandler = (run: RunRecord, context: RunContext) => Promise<RunOutcome>;

/** Why a run ended before its handler did. */
export type Cut = 'canceled' | 'time_limit' | 'interrupted' | 'lease_lost';

/** How the work on a run ended: with an outcome, by an error of its own, or cut off from outside. */
export type Ending =
  | { readonly type: 'outcome'; readonly outcome: RunOutcome }
  | { readonly type: 'error'; readonly error: ChartliftError }
  | { readonly type: 'cut'; readonly cut: Cut };

/** `setTimeout` takes no longer times, in ms. */
const LONGEST_TIMER = 2 ** 31 - 1;

export interface ExecutionOptions {
  readonly clock: Clock;
  readonly handler: RunHandler;
  /** How long a handler may take to end after it was cut off, in ms. */
  readonly graceMs: number;
  /** Called when a handler ends after its run was given up. */
  readonly onLate: () => void;
  /** Called when the run makes way for another. */
  readonly onWay: () => void;
}

/** One handler at work on one run. */
export class Execution {
  readonly run: RunRecord;
  readonly #options: ExecutionOptions;
  readonly #abort = new AbortController();
  #cut: Cut | null = null;
  #makesWay = false;

  constructor(run: RunRecord, options: ExecutionOptions) {
    this.run = run;
    this.#options = options;
  }

  /** Whether it does not count against the limits any more. */
  get makesWay(): boolean {
    return this.#makesWay;
  }

  /** Tells the handler to stop. The first reason counts. */
  cut(cut: Cut): void {
    if (this.#cut !== null) return;
    this.#cut = cut;
    this.#abort.abort(reasonOf(cut));
  }

  /**
   * Lets the handler work. Never rejects, and ends at the latest when the time of grace after a cut is
   * over, whatever the handler does.
   *
   * @param limitMs how long it may take; 0 is without limit
   */
  async perform(limitMs: number): Promise<Ending> {
    const { clock, graceMs, onLate } = this.#options;
    const limit = limitMs > 0 ? limitMs : Number.POSITIVE_INFINITY;
    const ended = new AbortController();
    if (limit <= LONGEST_TIMER) {
      clock.sleep(limit, ended.signal).then(
        () => this.cut('time_limit'),
        () => undefined,
      );
    }
    const work = this.#work(clock.now() + limit);
    const { promise: givenUp, resolve: giveUp } = Promise.withResolvers<null>();
    const grace = () => {
      clock.sleep(graceMs, ended.signal).then(
        () => giveUp(null),
        () => undefined,
      );
    };
    if (this.#abort.signal.aborted) grace();
    else this.#abort.signal.addEventListener('abort', grace, { once: true });
    const ending = await Promise.race([work, givenUp]);
    ended.abort();
    if (ending !== null) return ending;
    void work.then(onLate);
    return { type: 'cut', cut: this.#cut ?? 'interrupted' };
  }

  #makeWay(): void {
    if (this.#makesWay) return;
    this.#makesWay = true;
    this.#options.onWay();
  }

  async #work(deadline: number): Promise<Ending> {
    const { signal } = this.#abort;
    try {
      signal.throwIfAborted();
      const outcome = await this.#options.handler(this.run, {
        signal,
        deadline,
        makeWay: () => this.#makeWay(),
      });
      // What ended before it noticed the cut has ended all the same, and did what it says; but another
      // process's run is not its to end.
      return this.#cut === 'lease_lost'
        ? { type: 'cut', cut: this.#cut }
        : { type: 'outcome', outcome };
    } catch (error) {
      return this.#cut === null
        ? { type: 'error', error: toChartliftError(error) }
        : { type: 'cut', cut: this.#cut };
    }
  }
}

/** What a handler's signal is aborted with. */
function reasonOf(cut: Cut): ChartliftError {
  switch (cut) {
    case 'canceled':
      return new ChartliftError(
        'run_canceled',
        'The run was canceled.',
        'Nothing; tables that were not written yet are as they were. Start a new run when you want it.',
      );
    case 'time_limit':
      return timeLimitError();
    case 'interrupted':
      return new ChartliftError(
        'interrupted',
        'The service is being stopped.',
        'Nothing; the run goes on when the service is started again.',
      );
    case 'lease_lost':
      return new ChartliftError(
        'interrupted',
        'The run was taken over by another process.',
        'Nothing; the other process goes on with it.',
      );
  }
}

/** What a run says that took too long. */
export function timeLimitError(): ChartliftError {
  return new ChartliftError(
    'run_time_limit',
    'The run took longer than it may.',
    'Retry it: what it has written already is kept. If it is always too slow, raise the time limit of the source.',
  );
}
