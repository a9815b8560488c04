import { z } from '@hono/zod-openapi';
import type { RowExport } from '../catalog/export/export-rows.ts';
import type { AppContext } from './app-env.ts';

const file = z.string().meta({ format: 'binary' });

/** The answer of an export, as the API's description has it. */
export const exportAnswer = {
  description: 'The rows, as they are made.',
  content: {
    'text/csv': { schema: file },
    'application/jsonl': { schema: file },
    'application/vnd.apache.parquet': { schema: file },
    'application/vnd.apache.arrow.stream': { schema: file },
  },
};

/**
 * Answers with a file to be kept, no faster than it is read. If its rows fail on the way, the connection is
 * cut, so that nobody takes the beginning for the whole.
 *
 * @param name of the file, without its extension
 */
export function answerExport(c: AppContext, name: string, rows: RowExport): Response {
  return c.body(cutWhenBroken(c, rows.stream), 200, {
    'Content-Type': rows.contentType,
    // RFC 6266 §4.1; names of tables need no quoting.
    'Content-Disposition': `attachment; filename="${name}.${rows.extension}"`,
  });
}

/**
 * The same bytes, never with an error of the stream: the library that answers would write it to standard
 * error, past the log.
 */
function cutWhenBroken(
  c: AppContext,
  bytes: ReadableStream<Uint8Array>,
): ReadableStream<Uint8Array> {
  const reader = bytes.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          if (c.req.raw.signal.aborted) return controller.close();
          c.get('logger').warn({ err: error }, 'an export broke off');
          // What comes of it cancels this stream.
          c.env.outgoing.destroy();
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
