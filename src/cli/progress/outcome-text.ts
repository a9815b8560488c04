import type { StreamResult } from '../../sync/run-result.ts';
import { printable } from '../output/printable.ts';
import { counted, duration } from '../output/quantities.ts';

/** What came of a stream, in a few words. */
export function outcomeText(result: StreamResult): string {
  if (result.error !== null) return `failed: ${printable(result.error.message)}`;
  const rows = counted(result.rows ?? 0, 'row');
  const took = duration(result.durationMs);
  if (result.status === 'unchanged')
    return `unchanged, ${rows} (version ${result.version}, ${took})`;
  if (result.status === 'empty') return `empty: the chart has no rows (${took})`;
  return `${rows} → ${result.table} version ${result.version} (${took})`;
}
