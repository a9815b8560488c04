import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

describe('a first sync', () => {
  it('makes the lake, its layers and the table', async () => {
    const lake = await privateLake();
    const outcome = await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(300))]);
    expect(outcome).toMatchObject({
      status: 'committed',
      version: 0,
      rows: 300,
      change: { added: 300, removed: 0, changed: 0 },
    });
    const reader = await openLakeReader(lake);
    expect(await reader.layers()).toEqual(['raw', 'trusted', 'service']);
    expect(await reader.tables()).toEqual([
      expect.objectContaining({
        layer: 'raw',
        table: 'chart_visits',
        readable: true,
        version: 0,
        rows: 300,
        files: 1,
        title: 'Visits',
        stream: 'chart_visits',
        folder: null,
      }),
    ]);
    await reader.close();
  });

  it('leaves nothing behind but data files and the log', async () => {
    const lake = await privateLake();
    await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(10))]);
    expect(await readdir(join(lake, '.chartlift', 'staging'))).toEqual([]);
    const names = await readdir(join(lake, 'raw', 'chart_visits'));
    expect(names).toEqual(['_delta_log', expect.stringMatching(/^part-00000-.+\.zstd\.parquet$/)]);
    expect(await readdir(join(lake, 'raw', 'chart_visits', '_delta_log'))).toEqual([
      '00000000000000000000.crc',
      '00000000000000000000.json',
    ]);
  });

  it('writes a log entry that other engines know', async () => {
    const lake = await privateLake();
    await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(60))], { runId: 'run-7' });
    const entry = await readFile(
      join(lake, 'raw', 'chart_visits', '_delta_log', '00000000000000000000.json'),
      'utf8',
    );
    const actions = entry
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(actions).toMatchObject([
      {
        commitInfo: {
          operation: 'WRITE',
          runId: 'run-7',
          engineInfo: expect.stringMatching(/^chartlift\/\d/),
        },
      },
      { protocol: { minReaderVersion: 1, minWriterVersion: 2 } },
      {
        metaData: {
          format: { provider: 'parquet', options: {} },
          partitionColumns: [],
          configuration: {
            'chartlift.stream': 'chart_visits',
            'chartlift.title': 'Visits',
            'delta.deletedFileRetentionDuration': 'interval 30 days',
          },
        },
      },
      { add: { partitionValues: {}, dataChange: true } },
    ]);
    expect(JSON.parse(actions[3].add.stats)).toEqual({
      numRecords: 60,
      minValues: { chart_id: 'abc123', country: 'Country 0', day: '2024-01-01', value: 0 },
      maxValues: { chart_id: 'abc123', country: 'Country 1', day: '2024-01-30', value: 59 },
      nullCount: { chart_id: 0, country: 0, day: 0, value: 0 },
    });
  });
});
