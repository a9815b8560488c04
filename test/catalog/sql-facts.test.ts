import { describe, expect, it } from 'vitest';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import type { FactTable } from '../../src/catalog/query/fact-table.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, queryRows, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

async function lakeWithVisits(): Promise<string> {
  const lake = await privateLake();
  await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(30))]);
  return lake;
}

/** A table of facts that counts how often it was read. */
function countedFacts(count = 2): { facts: FactTable; readings: () => number } {
  let readings = 0;
  const facts: FactTable = {
    schema: 'chartlift',
    name: 'runs',
    columns: [
      { name: 'id', type: 'string' },
      { name: 'rows', type: 'bigint' },
      { name: 'share', type: 'double' },
      { name: 'ok', type: 'boolean' },
      { name: 'ended_at', type: 'timestamp' },
    ],
    async *rows() {
      readings += 1;
      for (let row = 0; row < count; row += 1) {
        yield row % 2 === 0
          ? [`run_${row}`, row, row / 4, true, '2026-01-02T03:04:05.678Z']
          : [null, null, null, null, null];
      }
    },
  };
  return { facts, readings: () => readings };
}

describe('facts', () => {
  it('are a table of SQL, which may be joined with those of the lake', async () => {
    const lake = await lakeWithVisits();
    const { facts } = countedFacts();
    expect(await queryRows(lake, 'FROM chartlift.runs', { facts: [facts] })).toEqual([
      ['run_0', 0, 0, true, '2026-01-02T03:04:05.678Z'],
      [null, null, null, null, null],
    ]);
    const join =
      'SELECT id, count(*) FROM ChartLift.Runs JOIN raw.chart_visits ON value = rows GROUP BY id';
    expect(await queryRows(lake, join, { facts: [facts] })).toEqual([['run_0', 1]]);
  });

  it('are read only by a query that names them', async () => {
    const lake = await lakeWithVisits();
    const { facts, readings } = countedFacts();
    await queryRows(lake, 'FROM raw.chart_visits', { facts: [facts] });
    const tables = await queryRows(lake, 'SHOW ALL TABLES', { facts: [facts] });
    expect(tables.map(([, schema, name]) => `${schema}.${name}`)).toEqual([
      'chartlift.runs',
      'raw.chart_visits',
    ]);
    expect(readings()).toBe(0);
    await queryRows(lake, 'SELECT 1 WHERE EXISTS (FROM chartlift.runs)', { facts: [facts] });
    expect(readings()).toBe(1);
  });

  it('may be many, and count against the time of the query', async () => {
    const lake = await lakeWithVisits();
    const { facts } = countedFacts(20_001);
    const query = 'SELECT count(*), count(id) FROM chartlift.runs';
    expect(await queryRows(lake, query, { facts: [facts] })).toEqual([[20_001, 10_001]]);
    const endless = countedFacts(Number.POSITIVE_INFINITY).facts;
    await expect(
      queryRows(lake, query, { facts: [endless], limits: { timeMs: 200 } }),
    ).rejects.toMatchObject({ code: 'sql_time_limit' });
    const stop = new AbortController();
    const running = queryRows(lake, query, { facts: [endless], signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 400);
    await expect(running).rejects.toThrow('enough');
  });

  it('stand in the list of tables that an error gives', async () => {
    const lake = await lakeWithVisits();
    const { facts } = countedFacts();
    await expect(queryRows(lake, 'FROM chartlift.run', { facts: [facts] })).rejects.toMatchObject({
      hint: 'Tables there are: raw.chart_visits, chartlift.runs.',
    });
  });
});

describe('the row limit', () => {
  it.each([
    [0, 0, true],
    [5, 5, true],
    [3000, 3000, true],
    [5000, 5000, false],
    [5001, 5000, false],
  ])('%d gives %d of 5,000 rows, truncated: %j', async (maxRows, rows, truncated) => {
    const reader = await openLakeReader(await lakeWithVisits());
    const result = await reader.sql('FROM range(5000)', { maxRows });
    let count = 0;
    for await (const chunk of result.chunks()) count += chunk.length;
    expect({ rows: count, truncated: result.truncated }).toEqual({ rows, truncated });
    await reader.close();
  });
});

it('a wrong query tells its place', async () => {
  const lake = await lakeWithVisits();
  await expect(queryRows(lake, 'SELECT 1,\n  x')).rejects.toMatchObject({
    code: 'sql_failed',
    place: { line: 2, column: 3 },
  });
  await expect(queryRows(lake, "SELECT error('no')")).rejects.toMatchObject({ place: null });
});
