import type { ServerResponse } from 'node:http';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createGzip,
  gzipSync,
} from 'node:zlib';

/** Reference §0.1. */
export const JSON_TYPE = 'application/json; charset=UTF-8';

/** Fast before small: whoever measures chartlift should not wait for the stand-in. */
const GZIP = { level: 1 };
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

/** Below, an answer is made as a whole: streams cost more than all the rest of it. In characters. */
const SMALL_CHARACTERS = 65_536;

/**
 * Makes a body ready to be sent, compressed if the request accepts that: a small one as a whole, of a large one
 * the beginning.
 *
 * @returns sends it, a large one as it is made, as fast as the reader takes it; throws if the connection ends
 *   before the body
 */
export function prepareReport(
  accept: string | undefined,
  body: Iterable<string>,
): (response: ServerResponse) => Promise<void> {
  const encoding = acceptedEncoding(accept);
  const pieces = body[Symbol.iterator]();
  const { head, isWhole } = takeHead(pieces);
  const whole = isWhole ? compress(head, encoding) : null;
  return async (response) => {
    response.setHeader('content-type', JSON_TYPE);
    response.setHeader('vary', 'accept-encoding');
    if (encoding !== null) response.setHeader('content-encoding', encoding);
    if (whole !== null) {
      response.end(whole);
      return;
    }
    const text = Readable.from(rest(head, pieces));
    if (encoding === null) await pipeline(text, response);
    else await pipeline(text, compressorOf(encoding), response);
  };
}

/** What a body begins with, and whether that is all of it. */
function takeHead(pieces: Iterator<string>): { readonly head: string; readonly isWhole: boolean } {
  let head = '';
  while (head.length < SMALL_CHARACTERS) {
    const { value, done } = pieces.next();
    if (done === true) return { head, isWhole: true };
    head += value;
  }
  return { head, isWhole: false };
}

function* rest(head: string, pieces: Iterator<string>): Generator<string> {
  yield head;
  for (let next = pieces.next(); next.done !== true; next = pieces.next()) yield next.value;
}

function compress(text: string, encoding: 'br' | 'gzip' | null): string | Uint8Array {
  if (encoding === 'gzip') return gzipSync(text, GZIP);
  return encoding === 'br' ? brotliCompressSync(text, BROTLI) : text;
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
  return encoding === 'gzip' ? createGzip(GZIP) : createBrotliCompress(BROTLI);
}
