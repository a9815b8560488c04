import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess, type Measured, median, megabytes, seconds } from './measured.ts';
import { writeReport } from './report-file.ts';

const RUNS = 5;

/** A 10,000 × 365 chart from response to committed version, against DuckDB alone on the same table. */
export async function benchLargeChart(): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'chartlift-bench-'));
  try {
    const report = await writeReport(folder, 10_000, 365);
    const ours: number[] = [];
    const duckdb: number[] = [];
    let rss = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const sync = await inProcess('sync-once.ts', [report.answer, join(folder, `lake-${run}`)]);
      const alone = await inProcess('duckdb-once.ts', [
        report.table,
        join(folder, 'alone.parquet'),
      ]);
      if (sync['rows'] !== 3_650_000) throw new Error(`${sync['rows']} rows instead of 3,650,000`);
      ours.push(sync['ms'] ?? Number.NaN);
      duckdb.push(alone['ms'] ?? Number.NaN);
      rss = Math.max(rss, sync['rss'] ?? Number.NaN);
    }
    const ratio = median(ours) / median(duckdb);
    const what = `10,000 × 365 chart (${megabytes(report.textBytes)} of text, 3.65 million records)`;
    return [
      {
        what: `${what}, response to committed version`,
        measured: `${ratio.toFixed(2)} × DuckDB alone (${seconds(median(ours))} to ${seconds(median(duckdb))}, medians of ${RUNS})`,
        promised: 'at most 1.5 ×',
        kept: ratio <= 1.5,
      },
      {
        what: `${what}, peak memory`,
        measured: megabytes(rss),
        promised: 'at most 700 MB',
        kept: rss <= 700e6,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
