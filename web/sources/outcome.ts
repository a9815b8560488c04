import type { RunDetail } from '../run/run-types.ts';
import { words } from '../words/sources.ts';

const ORDER = ['failed', 'success', 'unchanged', 'empty'] as const;

/** What came of the streams of a run, in numbers: "1 failed, 2 changed, 6 unchanged". */
export function sayOutcome({ results }: Pick<RunDetail, 'results'>): string {
  return ORDER.flatMap((status) => {
    const n = results.filter((result) => result.status === status).length;
    return n === 0 ? [] : [words.outcomeParts[status](n)];
  }).join(', ');
}
