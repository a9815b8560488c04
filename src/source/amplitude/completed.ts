interface Tasks<Item, Result> {
  /** At most so many are under way. */
  readonly atOnce: number;
  /** Whether so much waits to be taken that nothing more is started: a slow consumer holds the producer back. */
  isEnough(waiting: readonly Result[]): boolean;
  run(item: Item): Promise<Result>;
  /** Makes what is under way end soon; called when the consumer wants no more, or a task has thrown. */
  stop(): void;
  /** Called with each result that nobody took. */
  abandon(result: Result): Promise<void>;
}

/**
 * Runs a task for each item and gives the results in the order in which they complete. While the consumer is
 * busy with one, the next tasks go on.
 */
export async function* completed<Item, Result>(
  items: Iterable<Item>,
  tasks: Tasks<Item, Result>,
): AsyncGenerator<Result> {
  const left = items[Symbol.iterator]();
  const running = new Set<Promise<void>>();
  const ready: Result[] = [];
  let isOver = false;

  function startNext(): boolean {
    const { value, done } = left.next();
    if (done === true) return false;
    const promise = tasks.run(value).then((result) => {
      running.delete(promise);
      ready.push(result);
      startAll();
    });
    running.add(promise);
    return true;
  }

  function startAll(): void {
    while (!isOver && running.size < tasks.atOnce && !tasks.isEnough(ready) && startNext());
  }

  try {
    for (;;) {
      const result = ready.shift();
      startAll();
      if (result !== undefined) yield result;
      else if (running.size > 0) await Promise.race(running);
      else return;
    }
  } finally {
    isOver = true;
    tasks.stop();
    await Promise.allSettled(running);
    for (const result of ready) await tasks.abandon(result);
  }
}
