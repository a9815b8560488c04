import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPORT_FORMATS, exportRows } from '../../src/catalog/export/export-rows.ts';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import type { FactTable } from '../../src/catalog/query/fact-table.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, queryRows, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

/** Statements that reach for more than the tables; `<out>` is a directory outside the lake, `<data>` a data file in it. */
const attacks = [
  // Writing.
  "COPY raw.chart_visits TO '<out>/x.parquet' (FORMAT parquet)",
  "COPY (SELECT 1) TO '<data>' (FORMAT parquet)",
  "EXPLAIN ANALYZE COPY (SELECT 1 AS a) TO '<out>/x.csv'",
  "EXPLAIN ANALYZE COPY (SELECT 1 AS a) TO '<data>' (FORMAT parquet)",
  "explain/* */analyze copy (select 1 as a) to '<data>' (format parquet)",
  "EXPLAIN (ANALYZE) COPY (SELECT 1 AS a) TO '<out>/x.csv'",
  "EXPORT DATABASE '<out>/all'",
  "ATTACH '<out>/x.db'",
  "ATTACH '<data>' AS x (TYPE parquet)",
  'CREATE TABLE raw.x (a INT)',
  'CREATE TABLE x AS SELECT 1',
  'CREATE OR REPLACE VIEW raw.chart_visits AS SELECT 1',
  "CREATE MACRO f() AS TABLE FROM read_text('/etc/passwd')",
  'CREATE SECRET (TYPE s3, KEY_ID 1, SECRET 2)',
  "INSERT INTO raw.chart_visits VALUES ('a', 'b', 'c', 1)",
  'UPDATE raw.chart_visits SET value = 0',
  'DELETE FROM raw.chart_visits',
  'DROP VIEW raw.chart_visits',
  'WITH x AS (DELETE FROM raw.chart_visits RETURNING *) FROM x',
  'EXPLAIN ANALYZE DELETE FROM raw.chart_visits',
  'EXPLAIN EXPLAIN SELECT 1',
  'BEGIN',
  'CHECKPOINT',
  'VACUUM',
  // Reading elsewhere.
  "SELECT * FROM read_text('/etc/passwd')",
  "SELECT * FROM main.read_text('/etc/passwd')",
  "SELECT * FROM system.main.read_text('/etc/passwd')",
  "SELECT * FROM read_blob('<out>/secret.csv')",
  "SELECT * FROM read_csv('<out>/secret.csv')",
  "SELECT * FROM read_csv_auto(['<out>/secret.csv'])",
  "SELECT * FROM read_json('<out>/secret.csv')",
  "SELECT * FROM read_parquet('<out>/../lake/raw/*/*.parquet')",
  "SELECT * FROM parquet_scan('<data>')",
  "SELECT * FROM parquet_metadata('<data>')",
  "SELECT * FROM sniff_csv('<out>/secret.csv')",
  "SELECT * FROM glob('/etc/*')",
  "SELECT * FROM '<out>/secret.csv'",
  "SELECT * FROM 'file://<out>/secret.csv'",
  "SELECT * FROM '<out>/*.csv'",
  'SELECT * FROM "<out>/secret.csv"',
  "SELECT * FROM '<http>/x.csv'",
  "SELECT * FROM '<http>/x.parquet'",
  "SELECT (SELECT content FROM read_text('/etc/passwd'))",
  "SELECT * FROM raw.chart_visits WHERE EXISTS (FROM read_text('/etc/passwd'))",
  "WITH x AS (FROM read_text('/etc/passwd')) SELECT * FROM x",
  "SELECT * FROM raw.chart_visits, LATERAL (SELECT * FROM read_text('/etc/' || 'passwd'))",
  "SELECT * FROM query('FROM read_text(''/etc/passwd'')')",
  "SELECT * FROM query_table('<out>/secret.csv')",
  "SELECT * FROM query_table(['<out>/secret.csv'])",
  "SUMMARIZE FROM read_csv('<out>/secret.csv')",
  "DESCRIBE SELECT * FROM '<out>/secret.csv'",
  "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('FROM read_text(''/etc/passwd'')'))",
  "SELECT json_serialize_plan('FROM read_text(''/etc/passwd'')')",
  'SELECT * FROM arrow_scan(1, 2, 3)',
  "SELECT getenv('HOME')",
  "SELECT current_setting('home_directory')",
  'SELECT * FROM duckdb_settings()',
  'SELECT * FROM duckdb_secrets()',
  // Changing the engine.
  "SET memory_limit = '100GB'",
  'SET enable_external_access = true',
  'SET lock_configuration = false',
  "SET VARIABLE x = 'y'",
  'RESET memory_limit',
  'PRAGMA database_list',
  "PRAGMA enable_profiling = 'json'",
  "CALL enable_logging(storage = 'file', storage_config = {'path': '<out>/logs'})",
  "SELECT * FROM enable_logging(storage = 'file', storage_config = {'path': '<out>/logs'})",
  "SELECT * FROM enable_profiling(format = 'json', save_location = '<out>/profile.json')",
  "SELECT write_log('x')",
  'INSTALL httpfs',
  'LOAD httpfs',
  "LOAD '<out>/evil.duckdb_extension'",
  'USE raw',
  "PREPARE x AS SELECT * FROM read_text('/etc/passwd')",
  'EXECUTE x',
  'DEALLOCATE x',
  // More than one, or none.
  'SELECT 1; SELECT 2',
  "SELECT 1; COPY (SELECT 1) TO '<out>/x.csv'",
  "EXPLAIN SELECT 1; COPY (SELECT 1) TO '<out>/x.csv'",
  '',
  ' -- nothing',
  ';',
  'SELECT $1',
  'SELECT ?',
];

let requests = 0;
const server = createServer((_, response) => {
  requests += 1;
  response.end('a\n1\n');
});

async function fingerprint(directory: string): Promise<string> {
  const hash = createHash('sha256');
  const names = (await readdir(directory, { recursive: true, withFileTypes: true })).sort((a, b) =>
    join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1,
  );
  for (const entry of names) {
    const path = join(entry.parentPath, entry.name);
    hash.update(path);
    if (entry.isFile()) hash.update(await readFile(path));
  }
  return hash.digest('hex');
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});

/** A lake with one table beside a directory with a secret, and what the attacks call them. */
async function target() {
  const lake = await privateLake();
  const out = join(lake, '..', 'outside');
  await mkdir(out);
  await writeFile(join(out, 'secret.csv'), 'a\nsecret\n');
  await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(10))]);
  const table = join(lake, 'raw', 'chart_visits');
  const data = join(table, (await readdir(table)).find((name) => name.endsWith('.parquet')) ?? '');
  const address = server.address();
  const http = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '';
  const aimed = (attack: string) =>
    attack.replaceAll('<out>', out).replaceAll('<data>', data).replaceAll('<http>', http);
  return { lake, aimed, all: join(lake, '..') };
}

/** Attacks that went through; what was refused must not tell what it found. */
async function passedAttacks(
  list: readonly string[],
  run: (attack: string) => Promise<unknown>,
): Promise<string[]> {
  const passed: string[] = [];
  for (const attack of list) {
    const outcome = await run(attack).catch((error: unknown) => error);
    const refused =
      outcome instanceof Error &&
      'code' in outcome &&
      (outcome.code === 'sql_refused' || outcome.code === 'sql_failed');
    if (!refused)
      passed.push(`${attack}: ${outcome instanceof Error ? outcome : JSON.stringify(outcome)}`);
    else expect(outcome.message).not.toMatch(/secret\n|root:/);
  }
  return passed;
}

it('is refused, one and all, and nothing is written or read', async () => {
  const { lake, aimed, all } = await target();
  const before = await fingerprint(all);
  expect(await passedAttacks(attacks, (attack) => queryRows(lake, aimed(attack)))).toEqual([]);
  expect(await fingerprint(all)).toBe(before);
  expect(requests).toBe(0);
});

/** Texts that try to leave the place in which an export puts a query. */
const escapes = [
  "SELECT 1) TO '<out>/x.parquet' (FORMAT parquet); --",
  "SELECT 1) TO '<out>/x.parquet' (FORMAT parquet) /*",
  "SELECT 1) AS judged(c0)) TO '<out>/x.parquet' (FORMAT parquet); SELECT ((1",
  "COPY (SELECT 1) TO '<out>/x.parquet'",
  "SELECT * FROM (COPY (SELECT 1) TO '<out>/x.parquet')",
  "FROM raw.chart_visits; COPY (SELECT 1) TO '<data>'",
  'FROM chartlift.runs; DROP TABLE chartlift.runs',
  'DELETE FROM chartlift.runs',
  "INSERT INTO chartlift.runs VALUES ('x')",
  'CREATE TABLE chartlift.x AS SELECT 1',
  "FROM chartlift.runs, read_text('/etc/passwd')",
  "SELECT * FROM chartlift.runs WHERE id IN (FROM read_csv('<out>/secret.csv'))",
  'SELECT * FROM query_table([id]) , chartlift.runs',
];

describe.each(EXPORT_FORMATS)('as an export in %s', (format) => {
  const facts: FactTable = {
    schema: 'chartlift',
    name: 'runs',
    columns: [{ name: 'id', type: 'string' }],
    async *rows() {
      yield ["'; DROP SCHEMA raw CASCADE; --"];
    },
  };

  it('is refused as well', { timeout: 60_000 }, async () => {
    const { lake, aimed, all } = await target();
    const reader = await openLakeReader(lake);
    const before = await fingerprint(all);
    const run = async (attack: string) => {
      const source = { sql: aimed(attack) };
      const { stream } = await exportRows(reader, source, format, { facts: [facts] });
      return String(await buffer(stream));
    };
    // The rest differs from a plain query in nothing.
    const list = [...escapes, ...attacks.filter((_, index) => index % 4 === 0)];
    expect(await passedAttacks(list, run)).toEqual([]);
    await reader.close();
    expect(await fingerprint(all)).toBe(before);
    expect(requests).toBe(0);
  });

  it('of a table reaches no other place', async () => {
    const { lake, all } = await target();
    const reader = await openLakeReader(lake);
    const before = await fingerprint(all);
    for (const [layer, table] of [
      ['..', 'outside'],
      ['raw', '../../outside/secret.csv'],
      ['raw', 'chart_visits"; DROP VIEW "raw"."chart_visits'],
      ['raw"."chart_visits', 'x'],
      ["raw'", 'x'],
      ['raw', 'chart_visits.x'],
      ['main', 'sqlite_master'],
      ['information_schema', 'tables'],
    ] as const) {
      const source = { table: { layer, table } };
      await expect(exportRows(reader, source, format)).rejects.toMatchObject({
        code: expect.stringMatching(
          /^(table_name_invalid|sql_failed|sql_refused|table_not_found)$/,
        ),
      });
    }
    await reader.close();
    expect(await fingerprint(all)).toBe(before);
  });

  it('keeps names and values that look like SQL', async () => {
    const { lake } = await target();
    const reader = await openLakeReader(lake);
    const sql = `SELECT id AS "a'; DROP ""x"" --" FROM chartlift.runs`;
    const { stream } = await exportRows(reader, { sql }, format, { facts: [facts] });
    const bytes = await buffer(stream);
    expect(bytes.includes("'; DROP SCHEMA raw CASCADE; --")).toBe(true);
    expect(bytes.includes("a'; DROP ")).toBe(true);
    await reader.close();
  });
});
