/**
 * Works in a home until it is killed, as a service does: commits to two tables of its lake and keeps a
 * validation with a secret for each version; moves an amount between two settings, whose sum is 1000.
 * Argument: home.
 */
import { join } from 'node:path';
import { sql } from 'kysely';
import { openLakeWriter } from '../../../src/catalog/lake-writer.ts';
import { systemClock } from '../../../src/clock.ts';
import { openDatabase } from '../../../src/state/database.ts';
import { openKeyring } from '../../../src/state/secrets/keyring.ts';
import { ValidationStore } from '../../../src/state/validations.ts';
import { batchOf, visitRows, visits, visitsTable } from '../../catalog/visits.ts';

const [home = ''] = process.argv.slice(2);
const database = await openDatabase({ home });
const keyring = await openKeyring({ home });
const validations = new ValidationStore(database, systemClock);
const { db } = database;

// Large enough for a copy of it to take a while.
await db.transaction().execute(async (transaction) => {
  for (let row = 0; row < 5_000; row += 1) {
    const value = 'x'.repeat(4_000);
    const setting = { key: `filler-${row}`, value, updated_at: '' };
    await transaction.insertInto('settings').values(setting).execute();
  }
  for (const key of ['amount-a', 'amount-b']) {
    const setting = { key, value: '500', updated_at: '' };
    await transaction.insertInto('settings').values(setting).execute();
  }
});

async function transfer(): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    for (const [key, by] of [
      ['amount-a', -7],
      ['amount-b', 7],
    ] as const) {
      await transaction
        .updateTable('settings')
        .set({ value: sql`cast(cast(value as integer) + ${by} as text)` })
        .where('key', '=', key)
        .execute();
    }
  });
}

const lake = join(home, 'lake');
const writer = await openLakeWriter(lake, { runId: `run-${process.pid}`, create: true });
process.stdout.write('ready\n');
for (let round = 1; ; round += 1) {
  for (const name of ['chart_a', 'chart_b']) {
    const table = await writer.openTable({ ...visitsTable, id: { layer: 'raw', table: name } });
    await table.write(batchOf(visits, visitRows(3, 30, round * 10)));
    const { version } = await table.commit();
    await validations.create({
      connector: 'amplitude',
      config: { table: name, version },
      seal: (id) => keyring.seal(`${name} ${version}`, id),
      sourceId: null,
      purpose: 'new',
      createdBy: 'test',
    });
    for (let transfers = 0; transfers < 10; transfers += 1) await transfer();
  }
}
