import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess, type Measured, median, megabytes, seconds } from './measured.ts';
import { writeReport } from './report-file.ts';

const DAYS = 100;
const ROWS = [10, 100, 1_000, 10_000, 30_000, 100_000];
const RUNS = 3;

/** Time and memory from a thousand to ten million records. */
export async function benchGrowth(): Promise<Measured[]> {
  const measured: { readonly records: number; readonly ms: number; readonly rss: number }[] = [];
  for (const rows of ROWS) {
    const folder = await mkdtemp(join(tmpdir(), 'chartlift-bench-'));
    try {
      const report = await writeReport(folder, rows, DAYS);
      const runs: Record<string, number>[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        runs.push(await inProcess('sync-once.ts', [report.answer, join(folder, `lake-${run}`)]));
      }
      const ms = median(runs.map((run) => run['ms'] ?? Number.NaN));
      const rss = median(runs.map((run) => run['rss'] ?? Number.NaN));
      measured.push({ records: rows * DAYS, ms, rss });
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  const million = measured.find((point) => point.records === 1_000_000);
  const last = measured.at(-1);
  if (million === undefined || last === undefined) throw new Error('a size is missing');
  const perRecord = last.ms / last.records / (million.ms / million.records);
  const growth = last.rss / million.rss;
  const points = measured.map(
    ({ records, ms, rss }) =>
      `${records.toLocaleString('en-US')}: ${seconds(ms)}, ${megabytes(rss)}`,
  );
  return [
    {
      what: 'time per record, 10 million against 1 million records',
      measured: `${perRecord.toFixed(2)} × (${points.join('; ')})`,
      promised: 'linear: at most 1.2 ×',
      kept: perRecord <= 1.2,
    },
    {
      what: 'peak memory, 10 million against 1 million records',
      measured: `${growth.toFixed(2)} ×`,
      promised: 'flat: at most 1.2 ×',
      kept: growth <= 1.2,
    },
  ];
}
