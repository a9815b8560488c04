import { POOL_SHARE } from '../pool-share.ts';

/*
 * A query holds a thread of Node's pool as long as the engine works for it, so four long queries at once would
 * stop the whole process. The engine itself uses every core for a single query.
 */
let working = 0;
const waiting = new Set<() => void>();

/**
 * Does long work of the engine when its turn comes, in the order of the calls.
 *
 * @param signal ends the wait
 * @throws the signal's reason; whatever the work throws
 */
export async function inTurn<Result>(
  work: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  if (working < POOL_SHARE) working += 1;
  else await comeUp(signal);
  try {
    return await work();
  } finally {
    passOn();
  }
}

/** Resolves once the turn of somebody who is done was passed on to the caller. */
function comeUp(signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onTurn = () => {
    signal?.removeEventListener('abort', onAbort);
    resolve();
  };
  const onAbort = () => {
    waiting.delete(onTurn);
    reject(signal?.reason);
  };
  if (signal?.aborted) onAbort();
  else {
    waiting.add(onTurn);
    signal?.addEventListener('abort', onAbort, { once: true });
  }
  return promise;
}

function passOn(): void {
  const [next] = waiting;
  if (next === undefined) working -= 1;
  else {
    waiting.delete(next);
    next();
  }
}
