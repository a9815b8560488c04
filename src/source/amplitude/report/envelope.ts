import { ChartliftError } from '../../../errors.ts';
import { JsonReportDecoder } from './json-report-decoder.ts';

/** Takes the bytes of an answer as they come and gives the bytes of the report text inside it. */
export interface EnvelopeDecoder {
  /** @throws ChartliftError `not_a_chart_report` as soon as the answer cannot be a report. */
  push(chunk: Uint8Array): Uint8Array;
  /** @throws ChartliftError `not_a_chart_report` if the answer ended too early. */
  end(): void;
}

/** Bytes at the start of an answer that are kept, to be quoted in an error: 200 characters (DESIGN §2.2.1). */
const HEAD_BYTES = 800;
const QUOTED_CHARACTERS = 200;

/** A byte order mark in UTF-8 is EF BB BF; it may come in pieces. */
const MARK_BYTES = 3;
const MARK_FIRST_BYTE = 0xef;

const NOTHING = new Uint8Array(0);

/**
 * Decodes the body of `/api/3/chart/{id}/csv`: JSON `{"data": "<report>"}` (reference §0.1), or the
 * report itself as CSV (reference §8: some clients have met it).
 */
export function createEnvelopeDecoder(): EnvelopeDecoder {
  let head = NOTHING;
  let form: 'json' | 'csv' | undefined;
  const json = new JsonReportDecoder();

  function refuse(what: string): ChartliftError {
    // In one line, as messages are.
    const text = new TextDecoder().decode(head).slice(0, QUOTED_CHARACTERS).replaceAll(/\s+/g, ' ');
    return new ChartliftError(
      'not_a_chart_report',
      `Amplitude's answer is not a chart report: ${what}. It starts with: ${text}`,
      'Check that the id is that of a saved chart with a data table, and that the region is right.',
    );
  }

  function decide(): void {
    if (head.length < MARK_BYTES && head[0] === MARK_FIRST_BYTE) return;
    const start = new TextDecoder().decode(head).trimStart();
    if (start === '') return;
    if (start.startsWith('<')) throw refuse('it is a web page');
    form = start.startsWith('{') ? 'json' : 'csv';
  }

  function decodeJson(bytes: Uint8Array): Uint8Array {
    const report = json.push(bytes);
    if (json.problem !== undefined) throw refuse(json.problem);
    return report;
  }

  return {
    push(chunk) {
      const before = form === undefined ? head : NOTHING;
      if (head.length < HEAD_BYTES) {
        head = concat(head, chunk.subarray(0, HEAD_BYTES - head.length));
      }
      if (form === undefined) decide();
      if (form === undefined) return NOTHING;
      const bytes = before.length === 0 ? chunk : concat(before, chunk);
      return form === 'json' ? decodeJson(bytes) : bytes;
    },
    end() {
      if (form === undefined) throw refuse('it is empty');
      if (form === 'json' && !json.complete) throw refuse('it ends in the middle');
      if (form !== 'csv') return;
      const start = new TextDecoder().decode(head).trimStart();
      if (/^\[\s*["{[\]\d]/.test(start)) throw refuse('it is a list');
      if (!looksLikeCsv(start)) throw refuse('it is plain text');
    },
  };
}

/** A report has quoted cells, or at least two lines and a table of two columns. */
function looksLikeCsv(start: string): boolean {
  return start.startsWith('"') || (start.includes('\n') && start.includes(','));
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
