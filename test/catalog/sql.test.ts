import { describe, expect, it } from 'vitest';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, queryRows, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

async function lakeWithVisits(rows = 300): Promise<string> {
  const lake = await privateLake();
  await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(rows))]);
  return lake;
}

describe('a query', () => {
  it('reads a table as layer.table, in the order of its rows', async () => {
    const lake = await lakeWithVisits();
    expect(await queryRows(lake, 'FROM raw.chart_visits LIMIT 2')).toEqual([
      ['abc123', 'Country 0', '2024-01-01', 0],
      ['abc123', 'Country 0', '2024-01-02', 1],
    ]);
    expect(await queryRows(lake, 'SELECT count(*), sum(value) FROM "RAW".Chart_Visits;')).toEqual([
      [300, 44850],
    ]);
  });

  it('names its columns and their types', async () => {
    const reader = await openLakeReader(await lakeWithVisits(3));
    const result = await reader.sql(
      'SELECT country, value, count(*) n, 1 n FROM raw.chart_visits GROUP BY ALL',
    );
    expect(result.columns).toEqual([
      { name: 'country', type: 'VARCHAR' },
      { name: 'value', type: 'DOUBLE' },
      { name: 'n', type: 'BIGINT' },
      { name: 'n:1', type: 'INTEGER' },
    ]);
    await result.close();
    await reader.close();
  });

  it('gives values that JSON can carry', async () => {
    const lake = await lakeWithVisits(1);
    const [row] = await queryRows(
      lake,
      `SELECT 9007199254740991::BIGINT, 9007199254740993::BIGINT, 1.50::DECIMAL(5,2),
        99999999999999999999.5::DECIMAL(30,1), NULL, true, 'ü', DATE '2024-02-29',
        TIMESTAMP '2024-02-29 12:34:56.5', TIMESTAMPTZ '2024-02-29 12:34:56.789+02:00',
        'nan'::DOUBLE, [1, NULL], {'a': 1::HUGEINT, 'b': DATE '2024-01-01'}, MAP {'k': 1.5}`,
    );
    expect(row).toEqual([
      9007199254740991,
      '9007199254740993',
      1.5,
      '99999999999999999999.5',
      null,
      true,
      'ü',
      '2024-02-29',
      '2024-02-29T12:34:56.5',
      '2024-02-29T10:34:56.789Z',
      'NaN',
      [1, null],
      { a: 1, b: '2024-01-01' },
      [{ key: 'k', value: 1.5 }],
    ]);
  });

  it('may explain, describe and list', async () => {
    const lake = await lakeWithVisits();
    const plan = await queryRows(lake, 'explain analyze SELECT max(value) FROM raw.chart_visits');
    expect(JSON.stringify(plan)).toContain('READ_PARQUET');
    const columns = await queryRows(lake, 'DESCRIBE raw.chart_visits');
    expect(columns.map(([name]) => name)).toEqual(['chart_id', 'country', 'day', 'value']);
    expect(
      await queryRows(lake, 'SELECT table_schema, table_name FROM information_schema.tables'),
    ).toEqual([['raw', 'chart_visits']]);
    expect(await queryRows(lake, 'SHOW ALL TABLES')).toHaveLength(1);
    expect(await queryRows(lake, 'SUMMARIZE raw.chart_visits')).toHaveLength(4);
  });

  it('streams a long result', async () => {
    const lake = await lakeWithVisits(1);
    const reader = await openLakeReader(lake);
    const result = await reader.sql('FROM range(1000000)');
    let rows = 0;
    for await (const chunk of result.chunks()) {
      rows += chunk.length;
      if (rows > 5000) break;
    }
    expect(rows).toBeLessThan(10_000);
    await reader.close();
  });
});

describe('an older version', () => {
  it('is read when the query says so', async () => {
    const lake = await lakeWithVisits();
    await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(60))]);
    const query = 'SELECT count(*) FROM raw.chart_visits';
    expect(await queryRows(lake, query)).toEqual([[60]]);
    const versions = new Map([['raw.chart_visits', 0]]);
    expect(await queryRows(lake, query, { versions })).toEqual([[300]]);
  });

  it.each([
    ['raw.chart_visits', 7, 'version_not_found', 'Versions that can be read: 0 to 0.'],
    ['raw.chart_other', 0, 'table_not_found', 'Tables there are: raw.chart_visits.'],
  ])('%s at version %j is an error', async (table, version, code, hint) => {
    const lake = await lakeWithVisits(1);
    const versions = new Map([[table, version]]);
    await expect(queryRows(lake, 'FROM raw.chart_visits', { versions })).rejects.toMatchObject({
      code,
      hint,
    });
  });
});

describe('a wrong query', () => {
  it.each([
    ['SELEC 1', 'syntax error at or near "SELEC" (character 1).', /Correct the query/],
    ['explain\n  SELEC 1', 'syntax error at or near "SELEC" (line 2, character 3).', /Correct/],
    [
      "SELECT 'é😀',\n valu FROM raw.chart_visits",
      'There is no column "valu" (line 2, character 2).',
      /^Columns of the tables in the query: .*\bvalue\b/,
    ],
    [
      'EXPLAIN SELECT valu FROM raw.chart_visits',
      'There is no column "valu" (character 16).',
      /value/,
    ],
    [
      'SELECT * FROM raw.chart_visit',
      'Table with name chart_visit does not exist (character 15).',
      /Tables there are: raw.chart_visits/,
    ],
    [
      'SELECT * FROM chart_visits',
      'Table with name chart_visits does not exist (character 15).',
      /Tables there are: raw.chart_visits/,
    ],
    ["SELECT 1/x FROM (SELECT 0 x) WHERE error('no')", 'no.', /Correct/],
  ])('%j says what and where', async (query, message, hint) => {
    const lake = await lakeWithVisits(1);
    await expect(queryRows(lake, query)).rejects.toMatchObject({
      code: 'sql_failed',
      message,
      hint: expect.stringMatching(hint),
    });
  });
});

describe('the limits of a query', () => {
  it('stop it when time is up', async () => {
    const lake = await lakeWithVisits(1);
    const query =
      'SELECT count(*) FROM range(100000000000) a, range(1000) b WHERE hash(a.range) = 1';
    const started = performance.now();
    await expect(queryRows(lake, query, { limits: { timeMs: 200 } })).rejects.toMatchObject({
      code: 'sql_time_limit',
      message: 'The query took longer than 0.2 s and was stopped.',
    });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('stop it when memory is used up', async () => {
    const lake = await lakeWithVisits(1);
    const query = 'SELECT max(x) FROM (SELECT list(range) x FROM range(20000000))';
    await expect(queryRows(lake, query, { limits: { memoryMb: 40 } })).rejects.toMatchObject({
      code: 'sql_failed',
      hint: expect.stringContaining('aggregate in steps'),
    });
  });

  it('let the caller stop it', async () => {
    const lake = await lakeWithVisits(1);
    const stop = new AbortController();
    const query = 'SELECT count(*) FROM range(100000000000) a WHERE hash(a.range) = 1';
    const running = queryRows(lake, query, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 200);
    await expect(running).rejects.toThrow('enough');
  });
});
