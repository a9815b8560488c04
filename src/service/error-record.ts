import type { ChartliftError } from '../errors.ts';
import type { ErrorRecord } from '../state/run-record.ts';

/** An error as it is kept and shown. */
export function errorRecord(error: ChartliftError): ErrorRecord {
  return { code: error.code, message: error.message, help: error.hint };
}
