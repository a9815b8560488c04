import { buffer } from 'node:stream/consumers';
import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ExportFormat, exportRows } from '../../src/catalog/export/export-rows.ts';
import { createLake } from '../../src/catalog/lake-directory.ts';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import { privateLake } from './private-lake.ts';

const days = fc.date({
  noInvalidDate: true,
  min: new Date('0001-01-01'),
  max: new Date('9999-12-31'),
});

/** Values of a type as SQL, hard ones more often. */
const TYPES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  VARCHAR: fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.string({
        unit: fc.constantFrom(...'",\r\n\t\\/\' a\u0001\u001f\u007f\u2028'),
        maxLength: 8,
      }),
      fc.constantFrom('', '"', 'exactly 12 b', 'of 13 bytes!!', 'null', '😀'.repeat(30)),
    )
    .map((value) => `'${value.replaceAll('\0', '').replaceAll("'", "''")}'`),
  DOUBLE: fc
    .oneof(
      fc.double(),
      fc.double({ min: -1e6, max: 1e6 }),
      fc.maxSafeInteger(),
      fc.constantFrom(
        0,
        -0,
        Number.NaN,
        Infinity,
        -Infinity,
        0.1 + 0.2,
        1e15,
        1e16,
        2 ** 53,
        2 ** 63,
        1e21,
        1e-5,
        1e-7,
        -1e300,
      ),
    )
    .map((value) => `'${value}'`),
  FLOAT: fc.float({ noNaN: true }).map((value) => `'${value}'`),
  TINYINT: fc.integer({ min: -128, max: 127 }).map(String),
  UINTEGER: fc.integer({ min: 0, max: 2 ** 32 - 1 }).map(String),
  BIGINT: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  UBIGINT: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  HUGEINT: fc.oneof(
    fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n }).map(String),
    fc.bigInt({ min: -(2n ** 126n), max: 2n ** 126n }).map(String),
  ),
  BOOLEAN: fc.boolean().map(String),
  DATE: fc.oneof(
    days.map((day) => `'${day.toISOString().slice(0, 10)}'`),
    fc.constantFrom("'0044-03-15 (BC)'", "'12024-02-29'"),
  ),
  TIMESTAMP: fc.oneof(
    days.map((day) => `'${day.toISOString().slice(0, -1)}'`),
    fc.constantFrom("'2024-02-29 12:34:56.123456'", "'-infinity'", "'0044-03-15 (BC) 12:00:00'"),
  ),
};
/** What JavaScript and the engine may write in different digits that are the same number. */
const FLOATING = ['DOUBLE', 'FLOAT'];

/** A query for rows of one value, or NULL, of each of these types. */
function rowsOf(types: readonly string[]): fc.Arbitrary<string> {
  const cells = types.map((type) => fc.option(TYPES[type] ?? fc.constant('NULL'), { nil: 'NULL' }));
  const casts = types.map((type, at) => `v${at}::${type} AS "a ""b""' ${type}"`);
  const columns = types.map((_, at) => `v${at}`);
  return fc.array(fc.tuple(...cells), { minLength: 1, maxLength: 60 }).map((rows) => {
    const values = rows.map((row) => `(${row.join(', ')})`);
    return `SELECT ${casts.join(', ')} FROM (VALUES ${values.join(', ')}) t(${columns.join(', ')})`;
  });
}

/** Exports the result of a query, over a lake without tables. */
async function openExport(): Promise<(sql: string, format: ExportFormat) => Promise<string>> {
  const lake = await privateLake();
  await createLake(lake);
  const reader = await openLakeReader(lake);
  onTestFinished(() => reader.close());
  return async (sql, format) => {
    const bytes = await buffer((await exportRows(reader, { sql }, format)).stream);
    return bytes.toString(format === 'arrow' ? 'latin1' : 'utf8');
  };
}

/** Has a column whose values JavaScript writes, and so all others. */
function writtenByJavaScript(query: string): string {
  return `SELECT *, [1] AS last FROM (${query})`;
}

describe('what the engine writes', () => {
  it('reads as what JavaScript writes of the same values, in JSON lines', async () => {
    const exported = await openExport();
    await fc.assert(
      fc.asyncProperty(rowsOf(Object.keys(TYPES)), async (query) => {
        const own = (await exported(query, 'jsonl')).trimEnd().split('\n');
        const other = (await exported(writtenByJavaScript(query), 'jsonl')).trimEnd().split('\n');
        const withoutLast = other.map((line) => {
          const { last, ...rest } = JSON.parse(line);
          expect(last).toEqual([1]);
          return rest;
        });
        expect(own.map((line) => JSON.parse(line))).toEqual(withoutLast);
      }),
      { numRuns: 10 },
    );
  });

  it('is what JavaScript writes of the same values, in CSV', async () => {
    const exported = await openExport();
    const types = Object.keys(TYPES).filter((type) => !FLOATING.includes(type));
    await fc.assert(
      fc.asyncProperty(rowsOf(types), async (query) => {
        const other = await exported(writtenByJavaScript(query), 'csv');
        expect(await exported(query, 'csv')).toBe(
          other.replaceAll(',[1]\r\n', '\r\n').replace(',last\r\n', '\r\n'),
        );
      }),
      { numRuns: 10 },
    );
  });

  it('has the same numbers as what JavaScript writes, in CSV', async () => {
    const exported = await openExport();
    const fields = (csv: string) =>
      csv
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(','));
    // An empty field is NULL, and no zero.
    const numbers = (row: readonly string[]) =>
      row.slice(0, FLOATING.length).map((field) => (field === '' ? null : Number(field)));
    await fc.assert(
      fc.asyncProperty(rowsOf(FLOATING), async (query) => {
        const other = fields(await exported(writtenByJavaScript(query), 'csv'));
        expect(fields(await exported(query, 'csv')).map(numbers)).toEqual(other.map(numbers));
      }),
      { numRuns: 10 },
    );
  });

  it('has whole numbers without a point, and texts of any length', async () => {
    const exported = await openExport();
    const sql = `SELECT 12.0::DOUBLE AS n, repeat('é', i) AS t FROM (VALUES (0), (6), (7), (99)) x(i)`;
    expect((await exported(sql, 'csv')).split('\r\n')).toEqual([
      'n,t',
      '12,""',
      `12,${'é'.repeat(6)}`,
      `12,${'é'.repeat(7)}`,
      `12,${'é'.repeat(99)}`,
      '',
    ]);
  });

  it.each([250, 251, 1_000])('may have %i columns', async (count) => {
    const exported = await openExport();
    const types = ['BIGINT', 'DOUBLE', 'VARCHAR'] as const;
    const columns = Array.from({ length: count }, (_, at) => `i::${types[at % 3]} AS c${at}`);
    const sql = `SELECT ${columns.join(', ')} FROM range(2) x(i)`;
    const values = (i: number) => columns.map((_, at) => (at % 3 === 2 ? String(i) : i));
    expect(
      (await exported(sql, 'jsonl'))
        .trimEnd()
        .split('\n')
        .map((line) => Object.values(JSON.parse(line))),
    ).toEqual([values(0), values(1)]);
    expect((await exported(sql, 'csv')).split('\r\n').slice(1, -1)).toEqual([
      values(0).join(','),
      values(1).join(','),
    ]);
  });

  it('is in order over many chunks, short and long texts by turns', async () => {
    const exported = await openExport();
    const sql = `SELECT i, CASE WHEN i % 3 = 0 THEN 'x' ELSE repeat('y', i % 50) END AS t FROM range(10000) x(i)`;
    const lines = (await exported(sql, 'jsonl')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      Array.from({ length: 10_000 }, (_, i) => ({ i, t: i % 3 ? 'y'.repeat(i % 50) : 'x' })),
    );
    const alone = await exported(
      "SELECT if(i % 2 = 0, 'x', repeat('y', 20)) FROM range(5000) x(i)",
      'csv',
    );
    expect(alone.split('\r\n').slice(1, -1)).toEqual(
      Array.from({ length: 5_000 }, (_, i) => (i % 2 ? 'y'.repeat(20) : 'x')),
    );
  });
});

describe('what is copied from the memory of the engine', () => {
  it('is the same values in Arrow, with nulls at any place of any chunk', async () => {
    const exported = await openExport();
    const decimals = ['DECIMAL(4,1)', 'DECIMAL(9,2)', 'DECIMAL(18,3)', 'DECIMAL(38,5)'];
    const cells = decimals.map(
      (type, at) => `(i % 900 * ${10 ** (3 * at)} - 99)::${type} AS d${at}`,
    );
    const gaps = ['t', 'n', 'b', 'o', ...decimals.map((_, at) => `d${at}`)].map(
      (name, at) => `CASE WHEN i % ${3 + at} = 0 THEN NULL ELSE ${name} END AS ${name}`,
    );
    const sql = `SELECT ${gaps.join(', ')} FROM (
      SELECT i, CASE WHEN i % 7 < 3 THEN 'é' || i ELSE repeat('long text ', i % 11) END AS t,
        i / 8 AS n, i * 10000000000 AS b, i % 2 = 0 AS o, ${cells.join(', ')}
      FROM range(9000) x(i)) WHERE i % 5 <> 1 OR i > 300`;
    const lines = `SELECT * REPLACE (${decimals.map((_, at) => `d${at}::VARCHAR AS d${at}`).join(', ')}) FROM (${sql})`;
    const expected = (await exported(lines, 'jsonl'))
      .trimEnd()
      .split('\n')
      .map((line) => Object.values(JSON.parse(line)));
    const table = tableFromIPC(Buffer.from(await exported(sql, 'arrow'), 'latin1'));
    expect(expected).toHaveLength(8_940);
    expect(
      table.toArray().map((row) => {
        const [text, number, whole, boolean, ...words] = Object.values(row.toJSON());
        return [
          text,
          number,
          whole === null ? null : Number(whole),
          boolean,
          ...words.map((value, at) => decimalText(value, [1, 2, 3, 5][at] ?? 0)),
        ];
      }),
    ).toEqual(expected);
  });
});

/** A Decimal128 of so many digits behind the point, as SQL writes it. */
function decimalText(words: unknown, scale: number): string | null {
  if (!(words instanceof Uint32Array)) return null;
  const whole = BigInt.asIntN(
    128,
    words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n),
  );
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, '0');
  return `${whole < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
