import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inProcess } from '../measured.ts';
import { writeReport } from '../report-file.ts';

/** Where the API and the web app have it. */
export const ONE_TABLE = 'raw/chart_bench1';

/** Syncs a chart of `rows` × `days` into the lake of a new data folder. Returns the folder. */
export async function makeTable(home: string, rows: number, days: number): Promise<string> {
  await mkdir(home, { recursive: true });
  const report = await writeReport(home, rows, days);
  await inProcess('sync-once.ts', [report.answer, join(home, 'lake')]);
  await rm(report.answer);
  await rm(report.table);
  return home;
}
