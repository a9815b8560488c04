import type { StreamResult } from '../run/run-types.ts';
import type { Stream } from './source-data.ts';

/** How the streams of a source are, by the last result of each. */
export interface Health {
  /** Streams that runs read. */
  readonly total: number;
  readonly failed: readonly FailedStreams[];
  readonly failedCount: number;
  /** Read, without records. */
  readonly empty: number;
  /** Selected, and never read. */
  readonly unread: number;
}

/** Streams that failed for the same reason; what to do about it is said once. */
export interface FailedStreams {
  readonly streams: readonly string[];
  readonly message: string;
  readonly help: string;
}

/** From this many streams on that failed in the same way, the first message stands for all. */
const ALIKE = 3;

/** The health of the streams that are selected. */
export function healthOf(
  streams: readonly Stream[],
  results: ReadonlyMap<string, StreamResult>,
): Health {
  const selected = streams.filter((stream) => stream.selected);
  const failures: { stream: string; code: string; message: string; help: string }[] = [];
  let empty = 0;
  let unread = 0;
  for (const { name } of selected) {
    const result = results.get(name);
    if (result === undefined) unread += 1;
    else if (result.status === 'empty') empty += 1;
    else if (result.status === 'failed') {
      const { code = '', message = '', help = '' } = result.error ?? {};
      failures.push({ stream: name, code, message, help });
    }
  }
  return {
    total: selected.length,
    failed: gather(failures),
    failedCount: failures.length,
    empty,
    unread,
  };
}

function gather(
  failures: readonly { stream: string; code: string; message: string; help: string }[],
): FailedStreams[] {
  const byCode = Map.groupBy(failures, ({ code, help }) => `${code} ${help}`);
  return [...byCode.values()].flatMap((alike): FailedStreams[] => {
    const [first] = alike;
    if (first !== undefined && alike.length >= ALIKE) {
      const { message, help } = first;
      return [{ streams: alike.map(({ stream }) => stream), message, help }];
    }
    return alike.map(({ stream, message, help }) => ({ streams: [stream], message, help }));
  });
}
