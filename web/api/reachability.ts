import { backoffMs, pause } from './backoff.ts';

/** Answers whoever asks, signed in or not, and does nothing else. */
const PROBE = '/healthz';

/** Knows whether the service answers, and keeps asking while it does not. */
class Reachability {
  #reachable = true;
  readonly #listeners = new Set<() => void>();

  /** For `useSyncExternalStore`; told of every change. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly isReachable = (): boolean => this.#reachable;

  /** A request got no answer. */
  lost(): void {
    if (!this.#reachable) return;
    this.#set(false);
    void this.#watch();
  }

  async #watch(): Promise<void> {
    const forever = new AbortController().signal;
    for (let failures = 1; !this.#reachable; failures += 1) {
      await pause(backoffMs(failures), forever);
      if (await answers()) this.#set(true);
    }
  }

  #set(reachable: boolean): void {
    this.#reachable = reachable;
    for (const listener of this.#listeners) listener();
  }
}

export const reachability = new Reachability();

/** For how long an answer is waited for, in ms. */
const PROBE_MS = 5_000;

/** Whether the service answers now. */
export async function answers(): Promise<boolean> {
  return (await probe())?.ok === true;
}

/** Whether anything answers now; a proxy that keeps {@link PROBE} to itself does, too. */
export async function isAnythingThere(): Promise<boolean> {
  return (await probe()) !== null;
}

function probe(): Promise<Response | null> {
  const signal = AbortSignal.timeout(PROBE_MS);
  return fetch(PROBE, { cache: 'no-store', signal }).catch(() => null);
}
