interface Turn {
  hasBegun: boolean;
  readonly done: Promise<void>;
}

/**
 * Work that serves all who asked before it began: one at a time for each key. Who asks while it goes on shares
 * the next with all others who do. Each gets the error of the work that served it.
 */
export function sharedNext(work: (key: string) => Promise<void>): (key: string) => Promise<void> {
  /** The latest turn of each key, until it is done. */
  const latest = new Map<string, Turn>();
  return async (key) => {
    const known = latest.get(key);
    if (known?.hasBegun === false) return known.done;
    const before = known?.done.catch(() => undefined) ?? Promise.resolve();
    const turn: Turn = {
      hasBegun: false,
      done: before.then(() => {
        turn.hasBegun = true;
        return work(key);
      }),
    };
    latest.set(key, turn);
    try {
      await turn.done;
    } finally {
      if (latest.get(key) === turn) latest.delete(key);
    }
  };
}
