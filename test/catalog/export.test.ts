import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDuckdb } from '../../src/catalog/duckdb.ts';
import type { ExportOptions } from '../../src/catalog/export/export-query.ts';
import {
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportSource,
  exportRows,
} from '../../src/catalog/export/export-rows.ts';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, type Cell, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

const hard: Cell[][] = [
  ['abc123', 'a,"b"\r\nc', '2024-01-01', 1.5],
  ['abc123', null, '', null],
  ['abc123', '=HYPERLINK("x")', "'; DROP TABLE x; --", -1e300],
];
const { id } = visitsTable;

async function exporter(...versions: Cell[][][]) {
  const lake = await privateLake();
  for (const rows of versions) await replaceTable(lake, visitsTable, [batchOf(visits, rows)]);
  const reader = await openLakeReader(lake);
  const temporaryDirectory = await mkdtemp(join(tmpdir(), 'chartlift-test-'));
  onTestFinished(async () => {
    await reader.close();
    await rm(temporaryDirectory, { recursive: true });
  });
  return {
    temporaryDirectory,
    run: (source: ExportSource, format: ExportFormat, options: ExportOptions = {}) =>
      exportRows(reader, source, format, { temporaryDirectory, ...options }),
  };
}

/** The rows of a Parquet file, as DuckDB reads them. */
async function readParquet(bytes: Uint8Array) {
  const directory = await mkdtemp(join(tmpdir(), 'chartlift-test-'));
  const duckdb = await startDuckdb({});
  try {
    await writeFile(join(directory, 'x.parquet'), bytes);
    const result = await duckdb.connection.runAndReadAll(`FROM '${directory}/x.parquet'`);
    return {
      columns: result.columnNames(),
      types: result.columnTypes().map(String),
      rows: result.getRowsJson(),
    };
  } finally {
    duckdb.close();
    await rm(directory, { recursive: true });
  }
}

describe('a table as CSV', () => {
  it('has its names first, and keeps every value', async () => {
    const { run } = await exporter(hard);
    const { contentType, extension, stream } = await run({ table: id }, 'csv');
    expect(contentType).toBe('text/csv; charset=utf-8; header=present');
    expect(extension).toBe('csv');
    expect(await text(stream)).toBe(
      'chart_id,country,day,value\r\n' +
        'abc123,"a,""b""\r\nc",2024-01-01,1.5\r\n' +
        'abc123,,"",\r\n' +
        'abc123,"=HYPERLINK(""x"")",\'; DROP TABLE x; --,-1e+300\r\n',
    );
  });
});

describe('a table as JSON lines', () => {
  it('has an object for each row', async () => {
    const { run } = await exporter(hard);
    const { stream } = await run({ table: id }, 'jsonl');
    const lines = (await text(stream)).trimEnd().split('\n');
    expect(lines.map((line) => Object.values(JSON.parse(line)))).toEqual(hard);
    expect(Object.keys(JSON.parse(lines[0] ?? ''))).toEqual([
      'chart_id',
      'country',
      'day',
      'value',
    ]);
  });
});

describe('a table as Parquet', () => {
  it('has its rows in order, and leaves nothing behind', async () => {
    const rows = visitRows(5000);
    const { run, temporaryDirectory } = await exporter(rows);
    const { stream, extension } = await run({ table: id }, 'parquet');
    expect(extension).toBe('parquet');
    expect(await readParquet(await buffer(stream))).toEqual({
      columns: ['chart_id', 'country', 'day', 'value'],
      types: ['VARCHAR', 'VARCHAR', 'VARCHAR', 'DOUBLE'],
      rows,
    });
    expect(await readdir(temporaryDirectory)).toEqual([]);
  });
});

describe('a table as Arrow', () => {
  it('keeps every value', async () => {
    const { run } = await exporter(hard);
    const table = tableFromIPC(await buffer((await run({ table: id }, 'arrow')).stream));
    expect(table.toArray().map((row) => Object.values(row.toJSON()))).toEqual(hard);
  });

  it('has its rows in order, in several batches', async () => {
    const rows = visitRows(70_000);
    const { run } = await exporter(rows);
    const table = tableFromIPC(await buffer((await run({ table: id }, 'arrow')).stream));
    expect(table.schema.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'chart_id Utf8',
      'country Utf8',
      'day Utf8',
      'value Float64',
    ]);
    expect(table.batches).toHaveLength(2);
    expect(table.toArray().map((row) => Object.values(row.toJSON()))).toEqual(rows);
  });
});

const everyType = `SELECT 1::TINYINT AS a, -2::SMALLINT AS b, 3::INTEGER AS c, 9007199254740993::BIGINT AS d,
  18446744073709551615::UBIGINT AS e, -170141183460469231731687::HUGEINT AS f,
  12345678901234567890.12::DECIMAL(30,2) AS g, 1.5::FLOAT AS h, true AS i, DATE '1969-12-31' AS j,
  TIMESTAMP '2024-02-29 12:34:56.789' AS k, TIMESTAMPTZ '2024-02-29 12:34:56.789Z' AS l,
  [1, NULL] AS m, {'x': 'y'} AS n, NULL::BOOLEAN AS o, 'ü' AS a
  UNION ALL BY NAME SELECT NULL::TINYINT AS a`;

describe('the result of a query', () => {
  it('keeps every type, in CSV', async () => {
    const { run } = await exporter([]);
    const lines = (
      await text((await run({ sql: everyType.replace(", 'ü' AS a", '') }, 'csv')).stream)
    ).split('\r\n');
    expect(lines).toEqual([
      'a,b,c,d,e,f,g,h,i,j,k,l,m,n,o',
      '1,-2,3,9007199254740993,18446744073709551615,-170141183460469231731687,' +
        '12345678901234567890.12,1.5,true,1969-12-31,2024-02-29T12:34:56.789,2024-02-29T12:34:56.789Z,' +
        '"[1,null]","{""x"":""y""}",',
      ','.repeat(14),
      '',
    ]);
  });

  it('keeps every type, in Arrow', async () => {
    const { run } = await exporter([]);
    const sql = everyType.replace(", 'ü' AS a", '');
    const table = tableFromIPC(await buffer((await run({ sql }, 'arrow')).stream));
    const row = table.get(0)?.toJSON() ?? {};
    expect(table.schema.fields.map(({ type }) => String(type))).toEqual([
      'Int8',
      'Int16',
      'Int32',
      'Int64',
      'Uint64',
      'Decimal[38e0]',
      'Decimal[30e+2]',
      'Float32',
      'Bool',
      'Date32<DAY>',
      'Timestamp<MICROSECOND>',
      'Timestamp<MICROSECOND, UTC>',
      'Utf8',
      'Utf8',
      'Bool',
    ]);
    expect(row).toMatchObject({
      a: 1,
      b: -2,
      c: 3,
      d: 9007199254740993n,
      e: 18446744073709551615n,
      h: 1.5,
      i: true,
      m: '[1,null]',
      n: '{"x":"y"}',
      o: null,
    });
    const whole = (words: Uint32Array) =>
      BigInt.asIntN(
        128,
        words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n),
      );
    expect(whole(row['f'])).toBe(-170141183460469231731687n);
    expect(whole(row['g'])).toBe(1234567890123456789012n);
    expect(Number(row['j'])).toBe(-86_400_000);
    expect(Number(row['l'])).toBe(Date.parse('2024-02-29T12:34:56.789Z'));
    expect(Object.values(table.get(1)?.toJSON() ?? {})).toEqual(Array(15).fill(null));
  });

  it('keeps every type, in Parquet', async () => {
    const { run } = await exporter([]);
    const sql = everyType.replace(", 'ü' AS a", '');
    const { types } = await readParquet(await buffer((await run({ sql }, 'parquet')).stream));
    expect(types.slice(3, 7)).toEqual(['BIGINT', 'UBIGINT', 'DECIMAL(38,0)', 'DECIMAL(30,2)']);
    expect(types[11]).toBe('TIMESTAMP WITH TIME ZONE');
  });

  it.each([
    'SELECT 1 AS n, 2 AS n;',
    'SELECT 1 AS n, 2 AS n -- )',
    "SELECT 1 AS n, 2 AS n /* ') TO '/tmp/x' */ ; -- x",
    'WITH x AS (SELECT 1 AS n, 2 AS m) SELECT n, m AS n FROM x',
  ])('is what the query says, however it is written: %s', async (sql) => {
    const { run } = await exporter([]);
    expect(await text((await run({ sql }, 'csv')).stream)).toBe('n,n:1\r\n1,2\r\n');
    const parquet = await readParquet(await buffer((await run({ sql }, 'parquet')).stream));
    expect(parquet).toMatchObject({ columns: ['n', 'n:1'], rows: [[1, 2]] });
  });

  it('may be sorted, described, and read facts', async () => {
    const { run } = await exporter(visitRows(9000));
    const sql = 'SELECT value FROM raw.chart_visits ORDER BY value DESC';
    const { rows } = await readParquet(await buffer((await run({ sql }, 'parquet')).stream));
    expect(rows).toEqual(Array.from({ length: 9000 }, (_, row) => [8999 - row]));
    const described = await run({ sql: 'DESCRIBE raw.chart_visits' }, 'parquet');
    expect((await readParquet(await buffer(described.stream))).rows).toHaveLength(4);
    const facts = {
      schema: 'chartlift',
      name: 'runs',
      columns: [{ name: 'id', type: 'string' }],
      async *rows() {
        yield ['run_1'];
      },
    } as const;
    for (const format of EXPORT_FORMATS) {
      const { stream } = await run({ sql: 'FROM chartlift.runs' }, format, { facts: [facts] });
      expect((await buffer(stream)).includes('run_1')).toBe(true);
    }
  });
});

describe.each(EXPORT_FORMATS)('an export as %s', (format) => {
  it('reads the version that is asked for', async () => {
    const { run } = await exporter(visitRows(3), visitRows(4000));
    const sizes: number[] = [];
    for (const version of [0, 1]) {
      sizes.push((await buffer((await run({ table: id, version }, format)).stream)).length);
    }
    expect(sizes[0]).toBeLessThan(sizes[1] ?? 0);
    await expect(run({ table: id, version: 2 }, format)).rejects.toMatchObject({
      code: 'version_not_found',
    });
  });

  it('of an empty result is whole', async () => {
    const { run } = await exporter([]);
    const bytes = await buffer((await run({ table: id }, format)).stream);
    if (format === 'csv') expect(String(bytes)).toBe('chart_id,country,day,value\r\n');
    if (format === 'jsonl') expect(bytes).toHaveLength(0);
    if (format === 'arrow') expect(tableFromIPC(bytes).schema.fields).toHaveLength(4);
    if (format === 'parquet') expect((await readParquet(bytes)).rows).toEqual([]);
  });

  it('throws what is wrong before the first byte', async () => {
    const { run, temporaryDirectory } = await exporter([]);
    const other = { layer: 'raw', table: 'other' };
    await expect(run({ table: other }, format)).rejects.toMatchObject({ code: 'table_not_found' });
    await expect(run({ sql: 'SELECT x' }, format)).rejects.toMatchObject({
      code: 'sql_failed',
      place: { line: 1, column: 8 },
    });
    await expect(run({ sql: 'DROP TABLE x' }, format)).rejects.toMatchObject({
      code: 'sql_refused',
    });
    await expect(run({ sql: "SELECT error('no')" }, format)).rejects.toMatchObject({
      code: 'sql_failed',
    });
    expect(await readdir(temporaryDirectory)).toEqual([]);
  });

  it('ends when its signal is aborted, whether or not anybody reads', async () => {
    const { run, temporaryDirectory } = await exporter(visitRows(100_000));
    const source = { table: id };
    const aborted = AbortSignal.abort(new Error('enough'));
    await expect(run(source, format, { signal: aborted })).rejects.toThrow('enough');
    const stop = new AbortController();
    const { stream } = await run(source, format, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(buffer(stream)).rejects.toThrow('enough');
    expect(await readdir(temporaryDirectory)).toEqual([]);
  });

  it('ends when its reader goes away', async () => {
    const { run, temporaryDirectory } = await exporter(visitRows(100_000));
    const unread = await run({ table: id }, format);
    await unread.stream.cancel();
    const { stream } = await run({ table: id }, format);
    for await (const piece of stream) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    const reader = (await run({ table: id }, format)).stream.getReader();
    const reading = reader.read();
    await reader.cancel();
    await reading;
    expect(await readdir(temporaryDirectory)).toEqual([]);
  });

  it('may go on beside others', async () => {
    const { run } = await exporter(visitRows(20_000));
    const all = await Promise.all(
      Array.from({ length: 4 }, async () => buffer((await run({ table: id }, format)).stream)),
    );
    for (const bytes of all) expect(bytes.length).toBe(all[0]?.length);
  });
});

it('a query that never ends is ended by its time, its signal, or its reader', async () => {
  const { run, temporaryDirectory } = await exporter([]);
  const sql = 'SELECT count(*) FROM range(100000000000) a WHERE hash(a.range) = 1';
  for (const format of EXPORT_FORMATS) {
    await expect(run({ sql }, format, { limits: { timeMs: 100 } })).rejects.toMatchObject({
      code: 'sql_time_limit',
    });
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 100);
    await expect(run({ sql }, format, { signal: stop.signal })).rejects.toThrow('enough');
  }
  expect(await readdir(temporaryDirectory)).toEqual([]);
});
