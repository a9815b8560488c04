/**
 * Commits to one table again and again and prints each outcome as a line of JSON.
 * Arguments: lake, name of the writer (a number), commits.
 */
import { openLakeWriter } from '../../../src/catalog/lake-writer.ts';
import { ChartliftError } from '../../../src/errors.ts';
import { batchOf, visitRows, visits, visitsTable } from '../visits.ts';

const [lake = '', writerNumber = '', commits = ''] = process.argv.slice(2);

const writer = await openLakeWriter(lake, { runId: `loop-${writerNumber}` });
for (let commit = 1; commit <= Number(commits); commit += 1) {
  const marker = Number(writerNumber) * 1_000_000 + commit * 1000;
  const table = await writer.openTable(visitsTable);
  await table.write(batchOf(visits, visitRows(3, 30, marker)));
  try {
    const { status, version } = await table.commit();
    process.stdout.write(`${JSON.stringify({ marker, status, version })}\n`);
  } catch (error) {
    if (!(error instanceof ChartliftError)) throw error;
    process.stdout.write(`${JSON.stringify({ marker, status: error.code })}\n`);
  }
}
await writer.close();
