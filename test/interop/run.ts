/**
 * Proves that tables of chartlift are Delta tables for others, and the other way round:
 * `node test/interop/run.ts`. Needs python3 and the Python package index; not part of `npm test`.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openLakeWriter } from '../../src/catalog/lake-writer.ts';
import {
  batchOf,
  type Cell,
  queryRows,
  replaceTable,
  visitRows,
  visits,
  visitsTable,
} from '../catalog/visits.ts';
import { Checks } from './checks.ts';

const checks = await Checks.prepare();
const lake = join(checks.directory, 'lake');
const table = join(lake, 'raw', 'chart_visits');
const all = 'FROM raw.chart_visits';

/** Everything that texts and numbers may be, then a few plain rows. */
const rich: Cell[][] = [
  ['abc123', '', '2024-01-01', 0],
  ['abc123', null, '2024-01-02', null],
  ['abc123', `"quoted", it's\na line\t`, '2024-01-03', -1.5],
  ['abc123', 'Ελλάδα 😀 שלום', '2024-01-04', 1e-300],
  ['abc123', 'x'.repeat(100), '2024-01-05', 1.5e200],
  ...visitRows(5),
];

/** What version `n` of the table holds; version 7 holds nothing. */
function contentOf(version: number): Cell[][] {
  if (version === 7) return [];
  return version === 23 ? rich : visitRows(version + 1, 30, version * 100);
}

interface Version {
  readonly version: number;
  readonly rows: Cell[][];
  /** A time at which it was the latest, in ms since the epoch. */
  readonly between: number;
}

async function writeVersions(last: number): Promise<Version[]> {
  const versions: Version[] = [];
  for (let version = 0; version <= last; version += 1) {
    const rows = contentOf(version);
    const { status } = await replaceTable(lake, visitsTable, [batchOf(visits, rows)]);
    checks.equal(`chartlift commits version ${version}`, status, 'committed');
    await delay(30);
    versions.push({ version, rows, between: Date.now() });
    await delay(30);
  }
  return versions;
}

async function parquetFiles(): Promise<string[]> {
  return (await readdir(table)).filter((name) => name.endsWith('.parquet'));
}

const factsOf = (name: string, versions: readonly Version[]) => ({
  name,
  table,
  latest: versions.at(-1)?.version ?? -1,
  rows: versions.at(-1)?.rows ?? [],
  versions,
  schema: visits.columns.map(({ name: column, type, nullable }) => [column, type, nullable]),
  properties: {
    'chartlift.stream': 'chart_visits',
    'chartlift.title': 'Visits',
    'delta.deletedFileRetentionDuration': 'interval 30 days',
  },
});

// Versions, two checkpoints, and what the checkpoint says of removed files.
const versions = await writeVersions(23);
const facts = factsOf('written', versions);
await checks.deltaRs('verify', facts);
const entry = await readFile(join(table, '_delta_log', '00000000000000000023.json'), 'utf8');
const current = [...entry.matchAll(/"add":\{"path":"([^"]+)"/g)].map(([, path]) => path);
const replaced = (await parquetFiles()).filter((name) => !current.includes(name));
await checks.deltaRs('tombstones', { ...facts, replaced });

// A vacuum that retains nothing but the latest version, and as much of the log as a checkpoint covers.
const writer = await openLakeWriter(lake, { runId: 'vacuum' });
const [vacuumed] = await writer.vacuum({ retainDays: 0 });
await writer.close();
checks.equal('chartlift vacuums', vacuumed?.dataFiles.length, replaced.length);
await checks.deltaRs('verify', { ...factsOf('vacuumed', versions), versions: versions.slice(-1) });

// delta-rs appends, with and without a checkpoint of its own, and chartlift reads and goes on.
const appended: Cell[][] = [
  ['abc123', 'Appended', '2024-02-01', 7],
  ['abc123', 'Appended', '2024-02-02', null],
];
let last = 23;
let rows = rich;
for (const checkpoint of [false, true]) {
  await checks.deltaRs('append', { ...facts, latest: last, append: appended, checkpoint });
  last += 1;
  const how = checkpoint ? 'from its checkpoint' : 'from its entry';
  const read = await queryRows(lake, `${all} WHERE country = 'Appended'`);
  const times = checkpoint ? 2 : 1;
  checks.equal(`chartlift reads what delta-rs appended, ${how}`, read.length, 2 * times);
  checks.equal(`chartlift counts it, ${how}`, await queryRows(lake, `SELECT count(*) ${all}`), [
    [rows.length + 2 * times],
  ]);
}
await checks.deltaRs('compact', facts);
last += 1;
rows = [...rich, ...appended, ...appended];
const same = await replaceTable(lake, visitsTable, [batchOf(visits, rows)]);
checks.equal('content that delta-rs compacted is unchanged', same.status, 'unchanged');
checks.equal('and is of the compacted version', same.version, last);
const refreshed = await replaceTable(lake, visitsTable, [batchOf(visits, rich)]);
checks.equal('a full refresh follows', refreshed.status, 'committed');
checks.equal('and knows what it removes', refreshed.change, { added: 0, removed: 4, changed: 0 });
await checks.deltaRs('verify', {
  ...facts,
  name: 'refreshed',
  latest: last + 1,
  versions: [],
});

// A table that delta-rs made.
await checks.deltaRs('create', { foreign: join(lake, 'trusted', 'foreign') });
checks.equal(
  'chartlift reads a table of delta-rs',
  await queryRows(lake, 'FROM trusted.foreign ORDER BY ALL'),
  [
    [1, 1, null, '2024-02-29', '2024-02-29T12:00:00.123456Z', ['a', 'b'], { x: 1.5 }],
    [1, 1, null, '2024-02-29', '2024-02-29T12:00:00.123456Z', ['a', 'b'], { x: 1.5 }],
    [2, -2, 1, null, '1970-01-01T00:00:00Z', [], null],
    [null, 3, 2, '1970-01-01', null, null, { x: Math.PI }],
  ],
);

process.exitCode = await checks.finish();
