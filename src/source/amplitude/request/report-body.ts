import { ChartliftError } from '../../../errors.ts';
import { createEnvelopeDecoder } from '../report/envelope.ts';
import { Spool } from './spool.ts';

const MEBIBYTE = 1024 * 1024;

/**
 * Reads the body of an answer with status 200 to its end and keeps the report inside it.
 *
 * @param body decompressed
 * @param maxBytes stops there: a compressed answer can be a thousand times larger than it looks
 * @param onBytes called with the bytes so far: at the start, then about once per mebibyte
 * @throws ChartliftError `not_a_chart_report`, `report_too_large`; and whatever reading the body throws
 */
export async function receiveReport(
  body: AsyncIterable<Uint8Array>,
  chartId: string,
  maxBytes: number,
  onBytes: (bytes: number) => void,
): Promise<Spool> {
  const decoder = createEnvelopeDecoder();
  const spool = new Spool();
  let bytes = 0;
  let announced = 0;
  onBytes(0);
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(chartId, maxBytes);
      await spool.write(decoder.push(chunk));
      if (bytes - announced >= MEBIBYTE) {
        announced = bytes;
        onBytes(bytes);
      }
    }
    decoder.end();
    spool.seal();
    return spool;
  } catch (error) {
    await spool.dispose();
    throw error;
  }
}

function tooLarge(chartId: string, maxBytes: number): ChartliftError {
  const size =
    maxBytes >= MEBIBYTE ? `${Math.floor(maxBytes / MEBIBYTE)} MiB` : `${maxBytes} bytes`;
  return new ChartliftError(
    'report_too_large',
    `The report of chart ${chartId} is larger than ${size}.`,
    'In Amplitude, shorten its date range, choose a longer interval or fewer group-bys, or split it into several charts.',
  );
}
