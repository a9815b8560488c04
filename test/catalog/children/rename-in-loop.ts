/**
 * Renames the table of visits there and back until it is killed, and drops a table now and then.
 * Argument: lake.
 */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { dropTable, renameTable } from '../../../src/catalog/edit-table.ts';
import { visitsTable } from '../visits.ts';

const [lake = ''] = process.argv.slice(2);
const { id } = visitsTable;
const other = { layer: 'trusted', table: 'moved' };
const copy = { layer: 'service', table: 'copy' };

for (;;) {
  await renameTable(lake, id, other);
  process.stdout.write('.');
  await renameTable(lake, other, id);
  await cp(join(lake, 'raw', 'chart_visits'), join(lake, 'service', 'copy'), { recursive: true });
  await dropTable(lake, copy);
}
