/**
 * Process: commits 500 versions to each of some tables, all rows changed every time.
 * Argument: the lake's directory. Prints the median time of the 5th and of the 500th commit, in ms.
 */
import { openLakeWriter } from '../src/catalog/lake-writer.ts';
import type { RecordBatch } from '../src/stream/record-batch.ts';
import type { Stream } from '../src/stream/stream.ts';
import { median } from './measured.ts';

const TABLES = 7;
const COMMITS = 500;
const ROWS = 300;

const stream: Stream = {
  name: 'chart_bench',
  description: 'Made-up numbers.',
  columns: [
    { name: 'dimension_value', type: 'string', nullable: false, description: 'A label.' },
    { name: 'value', type: 'double', nullable: true, description: 'A number.' },
  ],
  keys: ['dimension_value'],
  syncModes: ['FULL_TABLE'],
};

function batchOf(version: number): RecordBatch {
  return {
    rows: ROWS,
    columns: [
      {
        kind: 'dictionary',
        values: Array.from({ length: ROWS }, (_, row) => `row ${row}`),
        indices: Int32Array.from({ length: ROWS }, (_, row) => row),
      },
      {
        kind: 'double',
        values: Float64Array.from({ length: ROWS }, (_, row) => row + version * 1000),
        valid: undefined,
      },
    ],
  };
}

const [lake = ''] = process.argv.slice(2);
const early: number[] = [];
const late: number[] = [];
const writer = await openLakeWriter(lake, { runId: 'bench', create: true });
for (let table = 0; table < TABLES; table += 1) {
  for (let version = 0; version < COMMITS; version += 1) {
    const started = performance.now();
    const tableWriter = await writer.openTable({
      id: { layer: 'raw', table: `t${table}` },
      stream,
      labels: { source: null, folder: null, title: null },
    });
    await tableWriter.write(batchOf(version));
    await tableWriter.commit();
    const ms = performance.now() - started;
    if (version + 1 === 5) early.push(ms);
    if (version + 1 === COMMITS) late.push(ms);
  }
}
await writer.close();
console.log(JSON.stringify({ early: median(early), late: median(late) }));
