import { ChartliftError } from '../../../errors.ts';
import type { FetchedReport } from './chart-client.ts';
import type { Spool } from './spool.ts';

/** A fetched report whose bytes lie in a {@link Spool}. */
export class SpooledReport implements FetchedReport {
  readonly chartId: string;
  readonly attempts: number;
  readonly #spool: Spool;

  constructor(chartId: string, attempts: number, spool: Spool) {
    this.chartId = chartId;
    this.attempts = attempts;
    this.#spool = spool;
  }

  get bytes(): number {
    return this.#spool.bytes;
  }

  /** @throws ChartliftError `not_a_chart_report` where the text is not UTF-8 */
  async *chunks(): AsyncGenerator<string> {
    // Fatal: a character that cannot be read must not become another label. A BOM is the reader's matter.
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    for await (const block of this.#spool.read()) {
      const text = this.#decoded(() => decoder.decode(block, { stream: true }));
      if (text !== '') yield text;
    }
    this.#decoded(() => decoder.decode());
  }

  #decoded(decode: () => string): string {
    try {
      return decode();
    } catch (error) {
      throw new ChartliftError(
        'not_a_chart_report',
        `The report of chart ${this.chartId} is not valid UTF-8 text.`,
        'Try again; if it stays so, open the chart in Amplitude and look for unusual characters in its labels.',
        { cause: error },
      );
    }
  }

  dispose(): Promise<void> {
    return this.#spool.dispose();
  }
}
