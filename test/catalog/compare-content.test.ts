import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ContentChange, compareContent } from '../../src/catalog/commit/compare-content.ts';
import { disk } from '../../src/catalog/disk/disk.ts';
import { type Duckdb, startDuckdb } from '../../src/catalog/duckdb.ts';
import { LazyConnection } from '../../src/catalog/lazy-connection.ts';
import { readSnapshot } from '../../src/catalog/log/snapshot.ts';
import { ContentStager } from '../../src/catalog/stage/content-stager.ts';
import { Slots } from '../../src/catalog/stage/slots.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, type Cell, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

let duckdb: Duckdb;
beforeAll(async () => {
  duckdb = await startDuckdb({});
});
afterAll(() => duckdb.close());

type Rows = readonly (readonly Cell[])[];

/** What changes from some rows to others, by DuckDB and without: `atHand` is null where DuckDB must be asked. */
async function compare(
  before: Rows,
  after: Rows,
): Promise<{ byQuery: ContentChange | null; atHand: ContentChange | null | 'asked' }> {
  const lake = await privateLake();
  await replaceTable(lake, visitsTable, [batchOf(visits, before)]);
  const directory = join(lake, 'raw', 'chart_visits');
  const source = { id: visitsTable.id, directory, duckdb: async () => duckdb.connection };
  const previous = await readSnapshot(source);
  if (previous === null) throw new Error('there is no table');
  let asked = false;
  const connection = new LazyConnection(async () => {
    asked = true;
    return duckdb.connect();
  });
  const place = { staging: directory, disk, connection, slots: new Slots(1) };
  const stager = new ContentStager(place, visits.columns);
  await stager.write(batchOf(visits, after));
  const staged = await stager.finish();
  try {
    const atHand = await compareContent(place, previous, staged, visits);
    const wasAsked = asked;
    const byQuery = await compareContent(place, previous, { ...staged, part: null }, visits);
    return { byQuery, atHand: wasAsked ? 'asked' : atHand };
  } finally {
    await stager.discard();
    await connection.close();
  }
}

describe('few rows', () => {
  const cell = fc.constantFrom('a', 'b', '1', '-', '', '1:a', 'a\0', '😀');
  const row = fc.tuple(
    fc.constant('abc123'),
    fc.option(cell, { nil: null }),
    cell,
    fc.constantFrom(null, 0, -0, 1, -1, 0.1, 1e300),
  );
  const rows = fc.array(row, { maxLength: 12 });
  /** Rows as they are a day later: some gone, some new, some with another number, some in another place. */
  const later = rows.chain((before) =>
    fc.record({
      before: fc.constant(before),
      after: fc
        .tuple(fc.shuffledSubarray(before), fc.subarray(before), rows)
        .map(([shuffled, kept, fresh]) => [...kept, ...fresh, ...shuffled]),
    }),
  );

  it('are compared as DuckDB does, without asking it', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(later, async ({ before, after }) => {
        const { byQuery, atHand } = await compare(before, after);
        expect(atHand).toEqual(byQuery);
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, Rows, Rows, ContentChange | null]>([
    [
      'a window that moves on by a day',
      visitRows(90),
      visitRows(90).map(([id, country, day, value]) => {
        const next = String(Number(String(day).slice(-2)) + 1).padStart(2, '0');
        return [id ?? null, country ?? null, `2024-01-${next}`, Number(value) + 1];
      }),
      { added: 3, removed: 3, changed: 0 },
    ],
    ['other values', visitRows(60), visitRows(60, 30, 1), { added: 0, removed: 0, changed: 60 }],
    ['the other way around', visitRows(60), visitRows(60).toReversed(), null],
    ['from no rows', [], visitRows(2), { added: 2, removed: 0, changed: 0 }],
    ['to no rows', visitRows(2), [], { added: 0, removed: 2, changed: 0 }],
  ])('%s', async (_, before, after, change) => {
    expect(await compare(before, after)).toEqual({ byQuery: change, atHand: change });
  });
});

it('many rows are left to DuckDB', async () => {
  const many = visitRows(8193);
  expect(await compare(many, many.slice(1))).toEqual({
    byQuery: { added: 0, removed: 1, changed: 0 },
    atHand: 'asked',
  });
  const { atHand } = await compare(many, many.slice(0, 100));
  expect(atHand).toBe('asked');
});
