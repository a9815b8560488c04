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

  /** Starts watching; `patience` in ms. */
  constructor(patience: number) {
    this.#timer = setTimeout(() => {
      this.#controller.abort(new StallError(`nothing came for ${patience / 1000} s`));
    }, patience);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why it aborted; null as long as it has not. */
  get stalled(): StallError | null {
    return this.signal.reason ?? null;
  }

  /** Something has happened. */
  touch(): void {
    this.#timer.refresh();
  }

  /** To be called at the end, whatever happened. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
