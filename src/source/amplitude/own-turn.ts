const waiting: (() => void)[] = [];

/**
 * Resolves in a turn of the event loop that nobody else gets. To be awaited before work that holds up the
 * process for a millisecond or so: what is ready in between (answers, requests, timers) goes first.
 */
export function ownTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(next);
  });
}

function next(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(next);
}
