import { mkdir, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ChartliftError } from '../../errors.ts';
import { type Duckdb, startDuckdb } from '../duckdb.ts';
import { syncDirectory } from '../durable-files.ts';
import { assertLakeExists, listLayers, listTableIds, tableDirectory } from '../lake-directory.ts';
import { systemErrorCode } from '../lake-error.ts';
import { formatTableId, type TableId } from '../table-id.ts';
import { type CopiedTable, copyTable } from './copy-table.ts';

export interface CopyLakeOptions {
  /** Called after each table, with how many are done and how many there are, as far as is known. */
  readonly onTable?: (table: CopiedTable, done: number, tables: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Tables at once: waiting for the disk dominates. */
const AT_ONCE = 4;
/** Tables that are renamed meanwhile are looked for this often. */
const ROUNDS = 10;

/**
 * Copies a lake while others write to it. Each table in the copy is whole and of one moment, though
 * two tables may be of moments some time apart. Work that is under way is not copied, nor is what
 * lies beside the tables.
 *
 * @param target a directory that is empty or not there
 * @returns the tables in the copy
 * @throws ChartliftError `lake_not_found`, `commit_conflict`, and whatever the disk refuses; `target` is then unfinished
 */
export async function copyLake(
  lake: string,
  target: string,
  { onTable, signal }: CopyLakeOptions = {},
): Promise<CopiedTable[]> {
  const from = resolve(lake);
  const copied = new Map<string, CopiedTable>();
  // One at most, started when a checkpoint must be read.
  const duckdbs: Promise<Duckdb>[] = [];
  const connection = async () => {
    const [duckdb = startDuckdb({ threads: '2' })] = duckdbs;
    duckdbs[0] = duckdb;
    return (await duckdb).connection;
  };
  const copy = async (id: TableId, tables: number) => {
    const source = { id, directory: tableDirectory(from, id), duckdb: connection };
    const table = await copyTable(source, tableDirectory(target, id), signal);
    if (table === null) return;
    copied.set(formatTableId(id), table);
    onTable?.(table, copied.size, Math.max(tables, copied.size));
  };
  try {
    for (let round = 0; ; round += 1) {
      if (round === ROUNDS) throw restless(lake);
      const listing = await list(from);
      if (listing === null) continue;
      for (const layer of listing.layers) await mkdir(join(target, layer), { recursive: true });
      const { ids } = listing;
      await dropOthers(target, copied, ids);
      // A table that was renamed while others were copied is missed under both of its names.
      const open = ids.filter((id) => !copied.has(formatTableId(id)));
      if (open.length === 0) break;
      await eachAtOnce(open, (id) => copy(id, ids.length));
    }
  } finally {
    for (const started of duckdbs) (await started).close();
  }
  await dropOtherLayers(from, target);
  for (const layer of await listLayers(target)) await syncDirectory(join(target, layer));
  await syncDirectory(target);
  return [...copied.values()];
}

interface Listing {
  readonly layers: readonly string[];
  readonly ids: readonly TableId[];
}

/** Null when a layer was renamed in the middle of it. */
async function list(lake: string): Promise<Listing | null> {
  await assertLakeExists(lake);
  try {
    return { layers: await listLayers(lake), ids: await listTableIds(lake) };
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function restless(lake: string): ChartliftError {
  return new ChartliftError(
    'commit_conflict',
    `Tables of ${lake} were made or renamed all the time while it was to be copied.`,
    'Copy it again when that has ended.',
  );
}

/** After a failure nothing more is begun, and what was begun has ended before the failure is thrown. */
async function eachAtOnce(
  ids: readonly TableId[],
  act: (id: TableId) => Promise<void>,
): Promise<void> {
  const waiting = [...ids];
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      await act(id).catch((error: unknown) => {
        waiting.length = 0;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

/** Takes out of the copy what is no longer in the lake, such as a table's former name. */
async function dropOthers(
  target: string,
  copied: Map<string, CopiedTable>,
  ids: readonly TableId[],
): Promise<void> {
  const present = new Set(ids.map(formatTableId));
  for (const [name, table] of copied) {
    if (present.has(name)) continue;
    await rm(tableDirectory(target, table), { recursive: true, force: true });
    copied.delete(name);
  }
}

/** The former name of a layer, empty by now, is no layer of the copy. */
async function dropOtherLayers(lake: string, target: string): Promise<void> {
  const layers = await listLayers(lake);
  for (const layer of await listLayers(target)) {
    if (layers.includes(layer)) continue;
    await rmdir(join(target, layer)).catch((error: unknown) => {
      // Tables in it came to be at the very last: they stay.
      if (systemErrorCode(error) !== 'ENOTEMPTY' && systemErrorCode(error) !== 'EEXIST')
        throw error;
    });
  }
}
