/** One event of a stream of server-sent events. */
export interface ServerEvent {
  /** Comes back as `Last-Event-ID`; empty if the stream gave none yet. */
  readonly id: string;
  /** `message` unless named. */
  readonly event: string;
  readonly data: string;
}

/** An event longer than this, in characters, is no event of ours. */
const LONGEST_EVENT = 16 * 1024 * 1024;

/**
 * Reads server-sent events (HTML, "Interpreting an event stream") from pieces of their text.
 * What is cut off at the end of the stream is no event.
 */
export async function* readServerEvents(
  pieces: AsyncIterable<string>,
): AsyncGenerator<ServerEvent, void, undefined> {
  let rest = '';
  let cutAfterReturn = false;
  let id = '';
  let event = '';
  let data: string[] = [];
  for await (const piece of pieces) {
    // A CRLF that was cut in two: its CR has ended the line already.
    const text = rest + (cutAfterReturn && piece.startsWith('\n') ? piece.slice(1) : piece);
    if (piece !== '') cutAfterReturn = piece.endsWith('\r');
    const lines = text.split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_EVENT) throw new RangeError('an event without an end');
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield { id, event: event || 'message', data: data.join('\n') };
        event = '';
        data = [];
        continue;
      }
      const { field, value } = readField(line);
      if (field === 'data') data.push(value);
      else if (field === 'event') event = value;
      else if (field === 'id' && !value.includes('\0')) id = value;
    }
  }
}

function readField(line: string): { readonly field: string; readonly value: string } {
  const colon = line.indexOf(':');
  if (colon === -1) return { field: line, value: '' };
  const value = line.slice(colon + 1);
  return { field: line.slice(0, colon), value: value.startsWith(' ') ? value.slice(1) : value };
}
