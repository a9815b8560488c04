import { ChartliftError } from '../../errors.ts';

/** Whoever takes nothing for so long, in ms, must not hold an engine any longer: there are only so many. */
const PATIENCE_MS = 2 * 60_000;

/** Bytes, and what has to be given back when nobody reads them any more. */
export interface ByteSource {
  readonly bytes: AsyncGenerator<Uint8Array, void, undefined>;
  /** May be called again, when `bytes` does not work. */
  close(): Promise<void>;
}

/**
 * Bytes as a stream that asks for more only when it is read. The first piece is made here, so that an
 * early error is thrown and is no error of the stream. Everything is given back at the end, after an
 * error, when the reader cancels or takes nothing for two minutes, and when the signal is aborted, whether
 * or not anybody reads.
 *
 * @param stop aborted to end work that the reader does not wait for any more
 * @param signal of the caller
 */
export async function byteStream(
  { bytes, close }: ByteSource,
  stop: AbortController,
  signal: AbortSignal | undefined,
): Promise<ReadableStream<Uint8Array>> {
  const dispose = async () => {
    stop.abort();
    // Comes after the work under way, which the signal has just ended.
    await bytes.return();
    await close();
  };
  const next = async () => {
    try {
      const result = await bytes.next();
      if (result.done) await close();
      return result;
    } catch (error) {
      await close();
      throw error;
    }
  };
  let first: IteratorResult<Uint8Array, void> | null = await next();
  let forget = (): void => undefined;
  let patience: NodeJS.Timeout | undefined;
  const waitFor = (controller: ReadableStreamDefaultController) => {
    patience = setTimeout(() => {
      forget();
      controller.error(notRead());
      // What fails in there has nobody left to be told.
      dispose().catch(() => undefined);
    }, PATIENCE_MS).unref();
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const onAbort = () => {
          clearTimeout(patience);
          controller.error(signal?.reason);
          // What fails in there has nobody left to be told.
          dispose().catch(() => undefined);
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        forget = () => signal?.removeEventListener('abort', onAbort);
        if (signal?.aborted) onAbort();
        else waitFor(controller);
      },
      async pull(controller) {
        clearTimeout(patience);
        const result = first ?? (await next());
        first = null;
        if (!result.done) {
          controller.enqueue(result.value);
          return waitFor(controller);
        }
        forget();
        controller.close();
      },
      async cancel() {
        clearTimeout(patience);
        forget();
        await dispose();
      },
    },
    { highWaterMark: 0 },
  );
}

function notRead(): ChartliftError {
  return new ChartliftError(
    'interrupted',
    `Nobody took the next piece of the export for ${PATIENCE_MS / 60_000} min.`,
    'Export again, and read it without such pauses.',
  );
}
