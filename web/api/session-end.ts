/** Whether somebody is signed in, as far as the app has heard; tells who listens of every change. */
export class SessionEnd {
  #ended = false;
  /** Whether the page was ever shown to somebody signed in: before that, the sign-in page is the way. */
  #began = false;
  readonly #listeners = new Set<() => void>();

  /** Somebody has signed in (again). */
  begin(): void {
    this.#set(true, false);
  }

  /** A screen is shown to somebody who is signed in, as far as is known. */
  enter(): void {
    this.#set(true, this.#ended);
  }

  /** Somebody signed out, on purpose. */
  leave(): void {
    this.#set(false, false);
  }

  /** An answer said that nobody is signed in. */
  announce(): void {
    if (this.#began) this.#set(true, true);
  }

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly hasEnded = (): boolean => this.#ended;

  /** Whether somebody is in the app, signed in or about to be again. */
  readonly hasBegun = (): boolean => this.#began;

  /**
   * Waits until somebody has signed in again.
   *
   * @returns false if nobody will: they went to the sign-in page
   * @throws the reason of `signal`, once it is aborted
   */
  async untilBegun(signal?: AbortSignal | null): Promise<boolean> {
    signal?.throwIfAborted();
    if (this.#ended) {
      await new Promise<void>((resolve, reject) => {
        const forget = this.subscribe(() => {
          if (!this.#ended) resolve();
        });
        signal?.addEventListener('abort', () => {
          forget();
          reject(signal.reason);
        });
      });
    }
    return this.#began;
  }

  #set(began: boolean, ended: boolean): void {
    if (this.#began === began && this.#ended === ended) return;
    this.#began = began;
    this.#ended = ended;
    for (const listener of this.#listeners) listener();
  }
}

export const sessionEnded = new SessionEnd();
