import { backoffMs, pause } from './backoff.ts';
import { sessionFetch } from './session-fetch.ts';

/** One event as the service sent it. */
export interface Followed {
  /** Its name, such as `stream_ended`. */
  readonly name: string;
  readonly data: unknown;
}

/**
 * How it stands with a stream of events: `lost` while it is tried again, `refused` if the service will not
 * send it (any more), `ended` after its last event.
 */
export type Connection = 'connecting' | 'live' | 'lost' | 'refused' | 'ended';

export interface Follower {
  /** Is called for each, in order; for those from the first one on again after some losses. */
  readonly onEvent: (event: Followed) => void;
  readonly onConnection: (connection: Connection) => void;
}

/**
 * Follows server-sent events: from the first one on, then live, until `ended`.
 *
 * Where a connection breaks off, the browser connects again by itself and goes on after the last event that
 * it saw. Where the answer is an error it gives up (HTML, "Server-sent events", "fail the connection"):
 * then the service is asked why, and the stream begins anew as soon as it can.
 *
 * @param names of the events to hear; `ended` is always heard
 * @returns stops it
 */
export function followEvents(
  address: string,
  names: readonly string[],
  { onEvent, onConnection }: Follower,
): () => void {
  const stopped = new AbortController();
  const { signal } = stopped;
  let source: EventSource;
  let failures = 0;

  function open() {
    if (signal.aborted) return;
    source = new EventSource(address);
    source.onopen = () => {
      failures = 0;
      onConnection('live');
    };
    source.onerror = () => {
      onConnection('lost');
      if (source.readyState === EventSource.CLOSED) void openAgain();
    };
    for (const name of new Set([...names, 'ended'])) {
      source.addEventListener(name, (event) => {
        onEvent({ name, data: JSON.parse(event.data) });
        if (name !== 'ended') return;
        source.close();
        onConnection('ended');
      });
    }
  }

  async function openAgain() {
    const status = await askStatus(address, signal);
    if (signal.aborted) return;
    if (isRefusal(status)) {
      onConnection('refused');
      return;
    }
    failures += 1;
    // Right after a session was renewed nothing is in the way.
    if (status !== 200 || failures > 1) await pause(backoffMs(failures), signal);
    open();
  }

  open();
  return () => {
    stopped.abort();
    source.close();
  };
}

/** What the service answers to a stream that the browser has given up, once somebody is signed in; 0: nothing. */
async function askStatus(address: string, signal: AbortSignal): Promise<number> {
  try {
    const response = await sessionFetch(address, {
      headers: { Accept: 'text/event-stream' },
      signal,
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}

/** Whether asking again would change nothing. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
