import type { ServerResponse } from 'node:http';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';

/** Reference §0.1. */
export const JSON_TYPE = 'application/json; charset=UTF-8';

/** Fast before small: whoever measures chartlift should not wait for the stand-in. */
const GZIP_LEVEL = 1;
const BROTLI_QUALITY = 1;

/**
 * Sends a body as it is made, as fast as the reader takes it, compressed if the request accepts that.
 *
 * @throws if the connection ends before the body.
 */
export async function sendReport(response: ServerResponse, body: Iterable<string>): Promise<void> {
  const encoding = acceptedEncoding(response.req.headers['accept-encoding']);
  response.setHeader('content-type', JSON_TYPE);
  response.setHeader('vary', 'accept-encoding');
  const compressor = encoding && compressorOf(encoding);
  if (compressor) {
    response.setHeader('content-encoding', encoding);
    await pipeline(Readable.from(body), compressor, response);
  } else {
    await pipeline(Readable.from(body), response);
  }
}

/** The encoding to answer with, after an Accept-Encoding header (RFC 9110 §12.5.3); null is none. */
export function acceptedEncoding(header: string | undefined): 'br' | 'gzip' | null {
  const accepted = new Set<string>();
  for (const choice of (header ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = choice.split(';').map((part) => part.trim());
    if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) accepted.add(name);
  }
  if (accepted.has('br')) return 'br';
  return accepted.has('gzip') ? 'gzip' : null;
}

function compressorOf(encoding: 'br' | 'gzip'): Transform {
  if (encoding === 'gzip') return createGzip({ level: GZIP_LEVEL });
  return createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
}
