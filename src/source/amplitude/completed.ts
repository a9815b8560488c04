interface Tasks<Item, Result> {
  /** At most so many are under way or wait to be taken: a slow consumer holds the producer back. */
  readonly ahead: number;
  run(item: Item): Promise<Result>;
  /** Makes what is under way end soon; called when the consumer wants no more, or a task has thrown. */
  stop(): void;
  /** Called with each result that nobody took. */
  abandon(result: Result): Promise<void>;
}

/** Runs a task for each item and gives the results in the order in which they complete. */
export async function* completed<Item, Result>(
  items: Iterable<Item>,
  tasks: Tasks<Item, Result>,
): AsyncGenerator<Result> {
  const waiting = items[Symbol.iterator]();
  const running = new Set<Promise<{ readonly result: Result }>>();

  function startNext(): boolean {
    const { value, done } = waiting.next();
    if (done === true) return false;
    const promise = tasks.run(value).then((result) => {
      running.delete(promise);
      ready.push(result);
      return { result };
    });
    running.add(promise);
    return true;
  }

  const ready: Result[] = [];
  try {
    for (;;) {
      while (running.size + ready.length < tasks.ahead && startNext());
      const result = ready.shift();
      if (result !== undefined) yield result;
      else if (running.size > 0) await Promise.race(running);
      else return;
    }
  } finally {
    tasks.stop();
    await Promise.allSettled(running);
    for (const result of ready) await tasks.abandon(result);
  }
}
