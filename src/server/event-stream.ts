import { streamSSE } from 'hono/streaming';
import type { AppContext } from './app-env.ts';

/** A comment is sent this often, so that proxies keep the stream open, if whoever reads may go on; in ms. */
export const KEEP_ALIVE_MS = 15_000;

/** What the database counts events with. */
export const LARGEST_SEQ = 2 ** 31 - 1;

/** One event of a stream (HTML, "Server-sent events"). */
export interface StreamedEvent {
  /** Comes back as `Last-Event-ID` when the reader connects again. */
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

/**
 * Answers with a stream of events, until they end, or the reader goes or may not read any more.
 *
 * @param events begins after `lastId`, the number of the last event that the reader has seen (0: none)
 */
export function answerEvents(
  c: AppContext,
  events: (lastId: number, signal: AbortSignal) => AsyncIterable<StreamedEvent>,
): Response {
  const lastId = readLastId(c.req.header('Last-Event-ID'));
  // Proxies that gather an answer before they pass it on would hold back every event.
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const keepAlive = async () => {
      if (await c.get('isStillKnown')()) await stream.write(': waiting\n\n');
      else gone.abort();
    };
    const alive = setInterval(() => void keepAlive(), KEEP_ALIVE_MS);
    try {
      for await (const { id, event, data } of events(lastId, gone.signal)) {
        if (gone.signal.aborted) return;
        await stream.writeSSE({ id, event, data: JSON.stringify(data) });
      }
    } catch (error) {
      // The answer has begun, so that it cannot become a problem any more: it ends here.
      if (!gone.signal.aborted) c.get('logger').error({ err: error }, 'a stream of events failed');
    } finally {
      clearInterval(alive);
      gone.abort();
    }
  });
}

function readLastId(header: string | undefined): number {
  const isNumber = header !== undefined && /^\d{1,15}$/.test(header);
  return isNumber ? Math.min(Number(header), LARGEST_SEQ) : 0;
}
