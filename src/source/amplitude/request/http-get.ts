import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { pipeline, type Transform } from 'node:stream';
import { brotliDecompressSync, createBrotliDecompress, createGunzip, gunzipSync } from 'node:zlib';

/** Something broke below HTTP, before an answer or in the middle of it; its cause is what Node.js said. */
export class BrokenConnectionError extends Error {
  override readonly name = 'BrokenConnectionError';
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Decompressed. Whoever stops reading it early cuts the connection. */
  readonly body: AsyncIterable<Uint8Array>;
}

export interface GetOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** Aborting it cuts the connection, even in the middle of the body. */
  readonly signal: AbortSignal;
  /** Called whenever something has come: the head of the answer, a piece of its body. */
  onReceived(): void;
}

/** A way to decompress, piece by piece or at once. */
interface Codec {
  stream(): Transform;
  unpack(bytes: Uint8Array, options: { readonly maxOutputLength: number }): Uint8Array;
}

const GZIP: Codec = { stream: createGunzip, unpack: gunzipSync };

/** By `Content-Encoding` (RFC 9110 §8.4.1), which a request asks for by name. */
const CODECS: Readonly<Record<string, Codec>> = {
  gzip: GZIP,
  'x-gzip': GZIP,
  br: { stream: createBrotliDecompress, unpack: brotliDecompressSync },
};

/**
 * Answers of so many bytes, and so many when decompressed, are decompressed at once: that takes a tenth of
 * a millisecond, and a stream with a thread behind it three times as much.
 */
const SHORT = 32 * 1024;
const SHORT_UNPACKED = 512 * 1024;

/**
 * `GET` over connections that are kept open. Redirects are answers like others. Node's own `fetch` takes
 * twice the processor time for it (docs/benchmarks.md).
 *
 * @throws BrokenConnectionError also while the body is read
 */
export async function httpGet(
  url: string,
  { headers, signal, onReceived }: GetOptions,
): Promise<HttpAnswer> {
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const { get } = url.startsWith('https:') ? https : http;
    get(url, { headers, signal }, resolve).on('error', (error) => reject(broken(error)));
  });
  onReceived();
  return {
    status: message.statusCode ?? 0,
    headers: message.headers,
    body: readBody(message, onReceived),
  };
}

/** The body, decompressed; what is short and comes at once, at once. */
async function* readBody(
  message: IncomingMessage,
  onReceived: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    const pieces = received(message, onReceived);
    const encoding = message.headers['content-encoding']?.trim().toLowerCase();
    const codec = CODECS[encoding ?? ''];
    if (codec === undefined) yield* pieces;
    else yield* decompressed(pieces, codec);
  } catch (error) {
    throw broken(error);
  }
}

async function* received(
  message: IncomingMessage,
  onReceived: () => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of message) {
    onReceived();
    yield piece;
  }
}

async function* decompressed(
  pieces: AsyncGenerator<Uint8Array>,
  codec: Codec,
): AsyncGenerator<Uint8Array> {
  const start: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { value, done } = await pieces.next();
    if (done) break;
    start.push(value);
    bytes += value.length;
    if (bytes > SHORT) break;
  }
  const whole = bytes > SHORT ? null : unpack(Buffer.concat(start), codec);
  if (whole !== null) yield whole;
  else {
    const all = async function* () {
      yield* start;
      yield* pieces;
    };
    // Whoever reads it is told of errors by the last stream.
    yield* pipeline(all, codec.stream(), () => undefined);
  }
}

/** Null where it becomes longer than a short answer may. */
function unpack(bytes: Uint8Array, { unpack }: Codec): Uint8Array | null {
  try {
    return unpack(bytes, { maxOutputLength: SHORT_UNPACKED });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function broken(cause: unknown): BrokenConnectionError {
  return new BrokenConnectionError(cause instanceof Error ? cause.message : String(cause), {
    cause,
  });
}
