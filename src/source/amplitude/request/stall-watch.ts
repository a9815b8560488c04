/** The reason with which a {@link StallWatch} aborts. */
export class StallError extends Error {
  override readonly name = 'StallError';
}

/**
 * Aborts when nothing has happened for a while: an answer that does not begin, or a body that stops in
 * the middle. A slow body that keeps coming is fine. Real time, since it guards a real socket.
 */
export class StallWatch {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #outer: AbortSignal;
  #stalled: StallError | null = null;

  /**
   * Starts watching.
   *
   * @param patience in ms
   * @param outer aborts it, too
   */
  constructor(patience: number, outer: AbortSignal) {
    this.#outer = outer;
    this.#timer = setTimeout(() => {
      this.#stalled = new StallError(`nothing came for ${patience / 1000} s`);
      this.#controller.abort(this.#stalled);
    }, patience);
    // `AbortSignal.any` would cost several times as much, for each of thousands of requests.
    outer.addEventListener('abort', this.#follow, { once: true });
    if (outer.aborted) this.#follow();
  }

  readonly #follow = () => this.#controller.abort(this.#outer.reason);

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why it aborted; null as long as it has not. */
  get stalled(): StallError | null {
    return this.#stalled;
  }

  /** Something has happened. */
  touch(): void {
    this.#timer.refresh();
  }

  /** To be called at the end, whatever happened. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener('abort', this.#follow);
  }
}
