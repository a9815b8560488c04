import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import { privateLake } from './private-lake.ts';
import { queryRows, replaceTable, visitsTable } from './visits.ts';

const field = (name: string, type: unknown, metadata = {}) => ({
  name,
  type,
  nullable: true,
  metadata,
});
const schemaOf = (...fields: unknown[]) => JSON.stringify({ type: 'struct', fields });

const metaData = (overrides: object = {}) => ({
  metaData: {
    id: 'b6b1d1a3-7b0e-4c5e-9d51-0f6f0e1c9a55',
    format: { provider: 'parquet', options: {} },
    schemaString: schemaOf(field('id', 'long'), field('name', 'string')),
    partitionColumns: [],
    configuration: {},
    ...overrides,
  },
});
const protocol = (minReaderVersion = 1, minWriterVersion = 2, features = {}) => ({
  protocol: { minReaderVersion, minWriterVersion, ...features },
});
const add = (path: string, overrides: object = {}) => ({
  add: { path, partitionValues: {}, size: 1, modificationTime: 1, dataChange: true, ...overrides },
});

/** Writes a table as another engine might: Parquet files from queries, and log entries. */
async function foreignTable(
  files: Readonly<Record<string, string>>,
  entries: readonly (readonly object[])[],
): Promise<string> {
  const lake = await privateLake();
  const table = join(lake, 'raw', 'foreign');
  await mkdir(join(table, '_delta_log'), { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const [name, query] of Object.entries(files)) {
    await mkdir(dirname(join(table, name)), { recursive: true });
    await connection.run(`COPY (${query}) TO '${join(table, name)}' (FORMAT parquet)`);
  }
  connection.closeSync();
  instance.closeSync();
  for (const [version, actions] of entries.entries()) {
    const name = `${String(version).padStart(20, '0')}.json`;
    const lines = actions.map((action) => JSON.stringify(action)).join('\n');
    await writeFile(join(table, '_delta_log', name), lines);
  }
  return lake;
}

const all = 'FROM raw.foreign ORDER BY ALL';

describe('a table of another engine', () => {
  it('is read with encoded paths, missing and further columns, and without statistics', async () => {
    const lake = await foreignTable(
      {
        'a b/part%1.parquet': "SELECT 1::BIGINT AS id, 'one' AS name",
        'narrow.parquet': 'SELECT 2 AS id',
        'wide.parquet': "SELECT 'three' AS name, 3::SMALLINT AS id, 'x' AS further",
        'gone.parquet': "SELECT 4 AS id, 'four' AS name",
      },
      [
        [
          protocol(),
          metaData(),
          add('a%20b/part%251.parquet'),
          add('gone.parquet'),
          { commitInfo: { timestamp: 5, operation: 'CREATE TABLE' } },
        ],
        [add('narrow.parquet'), add('wide.parquet'), { txn: { appId: 'x', version: 3 } }],
        [{ remove: { path: 'gone.parquet', dataChange: true } }],
      ],
    );
    expect(await queryRows(lake, all)).toEqual([
      [1, 'one'],
      [2, null],
      [3, 'three'],
    ]);
    const columns = await queryRows(lake, 'DESCRIBE raw.foreign');
    expect(columns.map(([name, type]) => [name, type])).toEqual([
      ['id', 'BIGINT'],
      ['name', 'VARCHAR'],
    ]);
    const reader = await openLakeReader(lake);
    expect(await reader.tables()).toMatchObject([
      { table: 'foreign', version: 2, rows: null, files: 3, stream: null, title: null },
    ]);
    expect(await reader.history({ layer: 'raw', table: 'foreign' })).toMatchObject([
      { version: 2, operation: null, change: null, runId: null },
      { version: 1, operation: null },
      { version: 0, operation: 'CREATE TABLE', committedAt: 5 },
    ]);
    await reader.close();
  });

  it('is read with every type', async () => {
    const types = {
      b: ['boolean', 'true'],
      i: ['integer', '7'],
      f: ['float', '0.5'],
      d: ['decimal(10,2)', '12.34::DECIMAL(10,2)'],
      t: ['date', "DATE '2024-02-29'"],
      ts: ['timestamp', "TIMESTAMPTZ '2024-02-29 12:00:00Z'"],
      a: [{ type: 'array', elementType: 'long', containsNull: true }, '[1, 2]'],
      s: [{ type: 'struct', fields: [field('x', 'string')] }, "{'x': 'y'}"],
      m: [
        { type: 'map', keyType: 'string', valueType: 'double', valueContainsNull: true },
        "MAP {'k': 1.5::DOUBLE}",
      ],
      x: ['binary', "'\\x41'::BLOB"],
    } as const;
    const fields = Object.entries(types).map(([name, [type]]) => field(name, type));
    const values = Object.entries(types).map(([name, [, value]]) => `${value} AS ${name}`);
    const lake = await foreignTable({ 'p.parquet': `SELECT ${values.join(', ')}` }, [
      [protocol(), metaData({ schemaString: schemaOf(...fields) }), add('p.parquet')],
    ]);
    expect(await queryRows(lake, all)).toEqual([
      [
        true,
        7,
        0.5,
        12.34,
        '2024-02-29',
        '2024-02-29T12:00:00Z',
        [1, 2],
        { x: 'y' },
        [{ key: 'k', value: 1.5 }],
        'A',
      ],
    ]);
  });

  it.each([
    [
      'reader version 3',
      [protocol(3, 7, { readerFeatures: ['deletionVectors'] }), metaData()],
      'needs Delta reader version 3 (deletionVectors)',
    ],
    [
      'column mapping',
      [protocol(), metaData({ configuration: { 'delta.columnMapping.mode': 'name' } })],
      'uses column mapping',
    ],
    ['partitions', [protocol(), metaData({ partitionColumns: ['id'] })], 'is partitioned by id'],
    [
      'deletion vectors',
      [protocol(), metaData(), add('x', { deletionVector: { storageType: 'u' } })],
      'uses deletion vectors',
    ],
    ['other files', [protocol(), metaData({ format: { provider: 'orc' } })], 'holds orc files'],
    [
      'unknown types',
      [protocol(), metaData({ schemaString: schemaOf(field('v', 'variant')) })],
      'column of type "variant"',
    ],
    [
      'files elsewhere',
      [protocol(), metaData(), add('s3://bucket/x.parquet')],
      's3://bucket/x.parquet',
    ],
  ])('with %s is refused by name', async (_, actions, message) => {
    const lake = await foreignTable({}, [actions]);
    await expect(queryRows(lake, all)).rejects.toMatchObject({
      code: 'table_unsupported',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ['data of another program', [protocol(), metaData()], 'table_name_taken'],
    [
      'writer version 7',
      [protocol(1, 7, { writerFeatures: ['rowTracking'] }), metaData()],
      'table_unsupported',
    ],
    [
      'append-only',
      [protocol(), metaData({ configuration: { 'delta.appendOnly': 'true' } })],
      'table_unsupported',
    ],
    [
      'an invariant',
      [
        protocol(),
        metaData({ schemaString: schemaOf(field('id', 'long', { 'delta.invariants': '{}' })) }),
      ],
      'table_unsupported',
    ],
  ])('with %s is never overwritten', async (_, actions, code) => {
    const lake = await foreignTable({}, [actions]);
    const target = { ...visitsTable, id: { layer: 'raw', table: 'foreign' } };
    await expect(replaceTable(lake, target, [])).rejects.toMatchObject({ code });
  });

  it.each([
    ['no metadata', [[protocol()]], 'it holds no protocol and metadata'],
    ['a broken schema', [[protocol(), metaData({ schemaString: '{' })]], 'its schema is broken'],
    [
      'a broken action',
      [[protocol(), metaData()], [{ add: { path: 7 } }]],
      'the entry of version 1',
    ],
  ])('with %s is called damaged', async (_, entries, message) => {
    const lake = await foreignTable({}, entries);
    await expect(queryRows(lake, all)).rejects.toMatchObject({
      code: 'table_damaged',
      message: expect.stringContaining(message),
    });
  });

  it('with a missing data file is called damaged', async () => {
    const lake = await foreignTable({}, [[protocol(), metaData(), add('missing.parquet')]]);
    await expect(queryRows(lake, all)).rejects.toMatchObject({
      code: 'table_damaged',
      message: expect.stringContaining('missing.parquet'),
    });
  });
});

it('directories that are no tables are no tables', async () => {
  const lake = await foreignTable({}, [[protocol(), metaData()]]);
  for (const name of [
    'raw/empty',
    'raw/Upper/_delta_log',
    '.hidden/x/_delta_log',
    'raw/_delta_log',
  ]) {
    await mkdir(join(lake, name), { recursive: true });
    await writeFile(join(lake, name, '00000000000000000000.json'), '{}');
  }
  await mkdir(join(lake, 'gold'));
  const reader = await openLakeReader(lake);
  expect(await reader.layers()).toEqual(['raw', 'gold']);
  expect((await reader.tables()).map(({ table }) => table)).toEqual(['foreign']);
  await reader.close();
  await expect(openLakeReader(join(lake, 'nope'))).rejects.toMatchObject({
    code: 'lake_not_found',
  });
});
