import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLake } from '../../src/catalog/lake-directory.ts';
import { openLakeWriter } from '../../src/catalog/lake-writer.ts';
import { SharedEngine } from '../../src/catalog/shared-engine.ts';
import { systemClock } from '../../src/clock.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, queryRows, visitRows, visits, visitsTable } from './visits.ts';

it('runs that write at once share one engine, which ends with the last of them', async () => {
  const lake = await privateLake();
  await createLake(lake);
  const engine = new SharedEngine(lake, systemClock);
  const staging = () => readdir(join(lake, '.chartlift', 'staging'));
  const engines = async () => (await staging()).filter((name) => name.startsWith('engine-'));
  const writers = await Promise.all(
    ['one', 'two', 'three'].map((runId) => openLakeWriter(lake, { runId, engine })),
  );
  await Promise.all(
    writers.map(async (writer, at) => {
      const id = { layer: 'raw', table: `visits_${at}` };
      const table = await writer.openTable({ ...visitsTable, id });
      await table.write(batchOf(visits, visitRows(10_000 + at)));
      expect(await table.commit()).toMatchObject({ status: 'committed', rows: 10_000 + at });
    }),
  );
  expect(await engines()).toHaveLength(1);
  const [first, ...others] = writers;
  await first?.close();
  expect(await engines()).toHaveLength(1);
  for (const writer of others) await writer.close();
  expect(await staging()).toEqual([]);
  expect(await queryRows(lake, 'SELECT count(*) FROM raw.visits_2')).toEqual([[10_002]]);

  const again = await openLakeWriter(lake, { runId: 'four', engine });
  const table = await again.openTable(visitsTable);
  await table.write(batchOf(visits, visitRows(5)));
  expect(await table.commit()).toMatchObject({ status: 'committed', rows: 5 });
  await again.close();
  expect(await staging()).toEqual([]);
});

it('looks for what dead runs left once in an hour', () => {
  let now = 0;
  const engine = new SharedEngine('nowhere', { ...systemClock, now: () => now });
  expect([engine.leftoversDue(), engine.leftoversDue()]).toEqual([true, false]);
  now += 3_600_000;
  expect(engine.leftoversDue()).toBe(true);
});
