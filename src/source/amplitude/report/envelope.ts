/** Takes the bytes of an answer as they come and gives the bytes of the report text inside it. */
export interface EnvelopeDecoder {
  /** @throws ChartliftError `not_a_chart_report` as soon as the answer cannot be a report. */
  push(chunk: Uint8Array): Uint8Array;
  /** @throws ChartliftError `not_a_chart_report` if the answer ended too early. */
  end(): void;
}

export function createEnvelopeDecoder(): EnvelopeDecoder {
  throw new Error('being written');
}
