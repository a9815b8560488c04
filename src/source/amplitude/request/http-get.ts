import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';

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

/** Decompressors by `Content-Encoding` (RFC 9110 §8.4.1), which a request asks for by name. */
const DECOMPRESSORS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  br: createBrotliDecompress,
};

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
    body: readBody(decompressed(message), onReceived),
  };
}

function decompressed(message: IncomingMessage): Readable {
  const encoding = message.headers['content-encoding']?.trim().toLowerCase();
  const decompressor = DECOMPRESSORS[encoding ?? '']?.();
  // Whoever reads it is told of errors by the last stream.
  return decompressor === undefined ? message : pipeline(message, decompressor, () => undefined);
}

async function* readBody(body: Readable, onReceived: () => void): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      onReceived();
      yield chunk;
    }
  } catch (error) {
    throw broken(error);
  }
}

function broken(cause: unknown): BrokenConnectionError {
  return new BrokenConnectionError(cause instanceof Error ? cause.message : String(cause), {
    cause,
  });
}
