/** Tells who listens that the session has ended, until somebody has signed in again. */
class SessionEnd {
  #ended = false;
  /** Whether the page was ever shown to somebody signed in: before that, the sign-in page is the way. */
  #began = false;
  readonly #listeners = new Set<() => void>();

  /** Somebody is signed in. */
  begin(): void {
    this.#began = true;
    this.#set(false);
  }

  /** Somebody signed out, on purpose. */
  leave(): void {
    this.#began = false;
    this.#set(false);
  }

  /** An answer said that nobody is signed in. */
  announce(): void {
    if (this.#began) this.#set(true);
  }

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly hasEnded = (): boolean => this.#ended;

  #set(ended: boolean): void {
    if (this.#ended === ended) return;
    this.#ended = ended;
    for (const listener of this.#listeners) listener();
  }
}

export const sessionEnded = new SessionEnd();
