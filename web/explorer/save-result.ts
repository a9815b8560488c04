import { patientFetch } from '../api/patient-fetch.ts';
import { ProblemError, readProblem } from '../api/problem-error.ts';

export type ExportFormat = 'csv' | 'parquet' | 'jsonl' | 'arrow';

/**
 * Has the service make a file of all rows of a query, and saves it.
 *
 * @throws ProblemError, NetworkFailure
 */
export async function saveResult(
  query: string,
  format: ExportFormat,
  signal: AbortSignal,
): Promise<void> {
  const response = await patientFetch('/api/v1/sql/export', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, format, time_limit_seconds: 600 }),
    signal,
  });
  if (!response.ok) throw new ProblemError(await readProblem(response));
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = `query.${format}`;
  link.click();
  // The download has begun with the click; browsers read the blob shortly after.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
