import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess, type Measured } from './measured.ts';

/** Whether commits get slower as a table's history grows. */
export async function benchCommits(): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'chartlift-bench-'));
  try {
    const run = await inProcess('commits-once.ts', [join(folder, 'lake')]);
    const { early = Number.NaN, late = Number.NaN } = run;
    const ratio = late / early;
    return [
      {
        what: 'the 500th commit to a table of 300 rows against the 5th',
        measured: `${ratio.toFixed(2)} × (${late.toFixed(1)} ms to ${early.toFixed(1)} ms, medians of 7 tables)`,
        promised: 'at most 1.2 ×',
        kept: ratio <= 1.2,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
