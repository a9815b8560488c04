/**
 * Replaces the table of visits and kills itself, as kill -9 does, when a step of the write is done.
 * Arguments: lake, step, rows, value of the first row.
 */
import { openLakeWriter } from '../../../src/catalog/lake-writer.ts';
import { batchOf, visitRows, visits, visitsTable } from '../visits.ts';

const [lake = '', step = '', rows = '', first = ''] = process.argv.slice(2);

const writer = await openLakeWriter(lake, {
  runId: `dies-${process.pid}`,
  create: true,
  async onStep(done) {
    if (done !== step) return;
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => undefined);
  },
});
const table = await writer.openTable(visitsTable);
await table.write(batchOf(visits, visitRows(Number(rows), 30, Number(first))));
await table.commit();
await writer.close();
