import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemClock } from '../../clock.ts';
import { costExceeded, sendRefusal, unavailable } from '../http/refusal.ts';
import { JSON_TYPE } from '../http/send-report.ts';
import type { Fault } from './fault.ts';
import { zipBomb } from './zip-bomb.ts';

/** What an answer would have been, had it gone well. */
export interface IntendedAnswer {
  /** The pieces of the body; iterated once at most. */
  readonly body: Iterable<string>;
  readonly cost: number;
  /** Aborted when the connection ends. */
  readonly signal: AbortSignal;
}

/** Answers as a fault says. Resolves when nothing more will be sent. */
export async function answerWrongly(
  fault: Fault,
  intended: IntendedAnswer,
  response: ServerResponse,
): Promise<void> {
  switch (fault.kind) {
    case 'status':
      return sendRefusal(response, unavailable(fault.status));
    case 'rate_limited':
      return sendRefusal(response, costExceeded(intended.cost, fault.retryAfterSeconds));
    case 'hang':
      return;
    case 'reset':
      response.req.socket.resetAndDestroy();
      return;
    case 'cut':
      return cut(intended, response);
    case 'drip':
      return drip(intended, response, fault.bytes ?? 16, fault.everyMs ?? 250);
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(SIGN_IN_PAGE);
      return;
    case 'broken_json':
      return send(response, withoutEnd(intended.body));
    case 'invalid_utf8':
      return send(response, withInvalidByte(intended.body));
    case 'redirect':
      response.writeHead(302, { location: fault.location ?? '/login' }).end();
      return;
    case 'oversized':
      return send(response, oversized(fault.bytes ?? 2 ** 30));
    case 'zip_bomb':
      response.setHeader('content-encoding', 'gzip');
      return send(response, zipBomb(fault.bytes ?? 2 ** 31));
  }
}

const SIGN_IN_PAGE = `<!doctype html>
<html lang="en"><head><title>Sign in</title></head>
<body><h1>Sign in</h1><p>Your session has ended.</p></body></html>
`;

async function send(
  response: ServerResponse,
  pieces: Iterable<string | Buffer> | AsyncIterable<string | Buffer>,
): Promise<void> {
  response.writeHead(200, { 'content-type': JSON_TYPE });
  await pipeline(Readable.from(pieces), response);
}

/** Promises the start of the body by its length, sends half of that and ends the connection. */
async function cut({ body }: IntendedAnswer, response: ServerResponse): Promise<void> {
  const whole = firstPieces(body);
  response.writeHead(200, { 'content-type': JSON_TYPE, 'content-length': whole.length });
  const half = whole.subarray(0, whole.length / 2);
  response.write(half, () => response.destroy());
  await once(response, 'close');
}

/** At most the first 64 KiB or so: nobody reads beyond the cut. */
function firstPieces(body: Iterable<string>): Buffer {
  let start = '';
  for (const piece of body) {
    start += piece;
    if (start.length > 65_536) break;
  }
  return Buffer.from(start);
}

async function drip(
  { body, signal }: IntendedAnswer,
  response: ServerResponse,
  bytes: number,
  everyMs: number,
): Promise<void> {
  async function* drops(): AsyncGenerator<Buffer> {
    for (const piece of body) {
      const whole = Buffer.from(piece);
      for (let start = 0; start < whole.length; start += bytes) {
        yield whole.subarray(start, start + bytes);
        await systemClock.sleep(everyMs, signal);
      }
    }
  }
  await send(response, drops());
}

function* withoutEnd(body: Iterable<string>): Generator<string> {
  let held: string | undefined;
  for (const piece of body) {
    if (held !== undefined) yield held;
    held = piece;
  }
}

/** The right body, with two bytes in its first text that no UTF-8 text has: 0xC3 0x28. */
function* withInvalidByte(body: Iterable<string>): Generator<string | Buffer> {
  let first = true;
  for (const piece of body) {
    yield piece;
    // The first piece opens the JSON text, the next one is report text.
    if (first) yield Buffer.from([0xc3, 0x28]);
    first = false;
  }
}

function* oversized(bytes: number): Generator<string | Buffer> {
  yield '{"data":"\\"\\tStock\\"\\r\\n\\r\\n\\"\\tSegment\\",\\"\\tTotals\\"\\r\\n';
  const rows = Buffer.from('\\"\\tWarehouse\\",\\"12345\\"\\r\\n'.repeat(2048));
  for (let sent = 0; sent < bytes; sent += rows.length) yield rows;
  yield '"}';
}
