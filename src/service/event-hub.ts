import { EventEmitter, on } from 'node:events';

/**
 * Tells those who wait that something new stands in the database, by topic such as `run:run_…`.
 * Carries no content: whoever wakes reads on from where they were, so that nothing is missed or doubled.
 */
export class EventHub {
  readonly #emitter = new EventEmitter();

  constructor() {
    // Each open event stream listens; their number is bounded by the server, not here.
    this.#emitter.setMaxListeners(0);
  }

  tell(topic: string): void {
    this.#emitter.emit(topic);
  }

  /**
   * Yields once at first and then after every {@link tell}, several of which may be one.
   * Ends when the signal is aborted.
   */
  async *listen(topic: string, signal: AbortSignal): AsyncGenerator<void, void, undefined> {
    const told = on(this.#emitter, topic, { signal });
    try {
      yield;
      for await (const _ of told) yield;
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
