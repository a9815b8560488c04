import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Duckdb, literal, startDuckdb } from '../../src/catalog/duckdb.ts';
import { fitsSmallFile, parquetFile } from '../../src/catalog/stage/parquet/parquet-file.ts';
import { readSmallFile } from '../../src/catalog/stage/parquet/small-file-reader.ts';
import { Part } from '../../src/catalog/stage/part.ts';
import { batchOf, type Cell, visits } from './visits.ts';

let duckdb: Duckdb;
let directory = '';

beforeAll(async () => {
  duckdb = await startDuckdb({});
  directory = await mkdtemp(join(tmpdir(), 'chartlift-parquet-'));
});
afterAll(async () => {
  duckdb.close();
  await rm(directory, { recursive: true });
});

function partOf(rows: readonly (readonly Cell[])[]): Part {
  const part = new Part(visits.columns);
  part.append(batchOf(visits, rows), 0);
  return part;
}

let files = 0;

/** Writes a part and gives the path as a literal of SQL: another each time, as DuckDB remembers what it read. */
async function written(part: Part): Promise<string> {
  files += 1;
  const path = join(directory, `part-${files}.parquet`);
  await writeFile(path, parquetFile(part));
  return literal(path);
}

async function ask(sql: string): Promise<unknown[][]> {
  const result = await duckdb.connection.runAndReadAll(sql);
  return result.getRows().map((row) => row.map((cell) => cell));
}

async function readBack(part: Part): Promise<unknown[][]> {
  return ask(`SELECT * FROM read_parquet(${await written(part)})`);
}

const text = fc.oneof(
  fc.constantFrom('', 'a', 'ü', '😀', 'a\0b', '\uffff', 'x'.repeat(100)),
  fc.string(),
);
const row = fc.tuple(
  fc.constantFrom('abc123', 'def456'),
  fc.option(text),
  text,
  fc.option(fc.double({ noNaN: true })),
);

/** The rows that chartlift itself reads from what it wrote. */
async function readAtHand(part: Part): Promise<Cell[][]> {
  const path = join(directory, 'at-hand.parquet');
  await writeFile(path, parquetFile(part));
  const columns = await readSmallFile(path);
  const cells = visits.columns.map(({ name }) => columns?.get(name) ?? []);
  return Array.from({ length: part.rows }, (_, at) => cells.map((column) => column[at] ?? null));
}

it('DuckDB and chartlift read what was written, whatever it was', async () => {
  const sizes = fc.constantFrom(1, 2, 7, 8, 9, 64, 300);
  const rows = sizes.chain((length) => fc.array(row, { minLength: length, maxLength: length }));
  await fc.assert(
    fc.asyncProperty(rows, async (content) => {
      const wellFormed = content.map((cells) =>
        cells.map((cell) => (typeof cell === 'string' ? cell.toWellFormed() : cell)),
      );
      expect(await readBack(partOf(content))).toEqual(wellFormed);
      expect(await readAtHand(partOf(content))).toEqual(wellFormed);
    }),
    { numRuns: 200 },
  );
});

it.each([
  ['one text for all', 1],
  ['two', 2],
  ['so many that positions take two bytes', 300],
  ['one for each row', 8192],
])('holds %s', async (_, texts) => {
  const rows = Array.from({ length: 8192 }, (__, at) => [
    'abc123',
    `Country ${at % texts}`,
    'today',
    at,
  ]);
  const part = partOf(rows);
  expect(fitsSmallFile(part)).toBe(true);
  expect(await readBack(part)).toEqual(rows);
  expect(await readAtHand(part)).toEqual(rows);
});

it('files of others are not read', async () => {
  const path = join(directory, 'of-duckdb.parquet');
  await duckdb.connection.run(`COPY (SELECT 1 AS value) TO ${literal(path)}`);
  expect(await readSmallFile(path)).toBeNull();
});

it('holds columns of nothing but nulls', async () => {
  const rows = Array.from({ length: 20 }, () => ['abc123', null, 'today', null]);
  expect(await readBack(partOf(rows))).toEqual(rows);
  expect(await readAtHand(partOf(rows))).toEqual(rows);
});

it('is made for few rows and short texts', () => {
  const many = Array.from({ length: 8193 }, () => ['a', 'b', 'c', 1]);
  expect(fitsSmallFile(partOf(many))).toBe(false);
  expect(fitsSmallFile(partOf([['a', 'x'.repeat(1_000_001), 'c', 1]]))).toBe(false);
});

it('tells statistics that a reader may skip by, and none that only enclose the values', async () => {
  const path = await written(
    partOf([
      ['abc123', '\u{1F600}', 'x'.repeat(40), -0],
      ['abc123', '\uFFFD', 'y', 0],
      ['abc123', null, 'z', null],
    ]),
  );
  const found = await ask(
    `SELECT path_in_schema, stats_min_value, stats_max_value, stats_null_count::INTEGER
     FROM parquet_metadata(${path}) ORDER BY column_id`,
  );
  expect(found).toEqual([
    ['chart_id', 'abc123', 'abc123', 0],
    // By their bytes, not by UTF-16.
    ['country', '\uFFFD', '\u{1F600}', 1],
    ['day', null, null, 0],
    ['value', '-0.0', '0.0', 1],
  ]);
  expect(await ask(`SELECT count(*)::INTEGER FROM read_parquet(${path}) WHERE value = 0`)).toEqual([
    [2],
  ]);
});

it('compresses what is worth it with zstd', async () => {
  const rows = Array.from({ length: 1000 }, (_, at) => ['abc123', `Country ${at}`, 'today', at]);
  const path = await written(partOf(rows));
  const found = await ask(
    `SELECT path_in_schema, compression FROM parquet_metadata(${path}) ORDER BY column_id`,
  );
  expect(found).toEqual([
    ['chart_id', 'UNCOMPRESSED'],
    ['country', 'ZSTD'],
    ['day', 'UNCOMPRESSED'],
    ['value', 'ZSTD'],
  ]);
});
