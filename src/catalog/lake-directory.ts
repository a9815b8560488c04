import { type Stats, statSync } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ChartliftError } from '../errors.ts';
import { readNames } from './at-once.ts';
import { syncDirectory } from './durable-files.ts';
import { systemErrorCode } from './lake-error.ts';
import { isLayerName, isTableName, type TableId } from './table-id.ts';

/** Layers that a new lake starts with (DESIGN §2.3). */
export const FIRST_LAYERS: readonly string[] = ['raw', 'trusted', 'service'];

/** Where unfinished work lies; no table and no layer, since its name starts with a dot. */
export function stagingRoot(lake: string): string {
  return join(lake, '.chartlift', 'staging');
}

/** Where edits write down what they are about to do. Each commit lists it, and seldom finds anything. */
export function intentsDirectory(lake: string): string {
  return join(lake, '.chartlift', 'edits');
}

/** What the edit with this staging directory is about to do. */
export function intentFile(lake: string, name: string): string {
  return join(intentsDirectory(lake), `${name}.json`);
}

/** The directory of a table, whether or not it exists. */
export function tableDirectory(lake: string, id: TableId): string {
  return join(lake, id.layer, id.table);
}

/** The log of the table in `directory` (Delta protocol, "Delta Log Entries"). */
export function logDirectory(directory: string): string {
  return join(directory, '_delta_log');
}

/**
 * What is at a path; null where nothing is. At once: it touches memory only, and to hand it to another thread
 * costs ten times as much, an error for what is not there again as much.
 */
function look(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}

/** Bytes of a file; null where there is none. */
export function fileSize(path: string): number | null {
  return look(path)?.size ?? null;
}

/** The names in a directory; none when it does not exist. */
export async function namesIn(directory: string): Promise<string[]> {
  if (look(directory) === null) return [];
  try {
    return await readNames(directory);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

async function directoriesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

/** @throws ChartliftError `lake_not_found` when there is no such directory. */
export async function assertLakeExists(lake: string): Promise<void> {
  const found = await stat(lake).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT' || systemErrorCode(error) === 'ENOTDIR') return null;
    throw error;
  });
  if (found?.isDirectory()) return;
  throw new ChartliftError(
    'lake_not_found',
    `There is no lake at ${lake}.`,
    'Check the path; a first sync creates the lake.',
  );
}

/**
 * Makes the directory of a lake with its first layers; does nothing to a lake that has layers.
 * @throws ChartliftError `lake_not_writable` where a file is in the way
 */
export async function createLake(lake: string): Promise<void> {
  await mkdir(lake, { recursive: true }).catch((error: unknown) => {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
    throw new ChartliftError(
      'lake_not_writable',
      `${lake} is a file, and a lake is a directory.`,
      'Choose another place for the lake.',
    );
  });
  if ((await listLayers(lake)).length > 0) return;
  for (const layer of FIRST_LAYERS) await mkdir(join(lake, layer), { recursive: true });
  await syncDirectory(lake);
}

/** The layers of a lake: its directories with a valid name, the first layers first. */
export async function listLayers(lake: string): Promise<string[]> {
  const layers = (await directoriesIn(lake)).filter(isLayerName);
  const rank = (layer: string) => {
    const place = FIRST_LAYERS.indexOf(layer);
    return place < 0 ? FIRST_LAYERS.length : place;
  };
  return layers.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** @throws ChartliftError `layer_unknown`, naming the layers that there are. */
export async function assertLayerExists(lake: string, layer: string): Promise<void> {
  if (isLayerName(layer) && look(join(lake, layer))?.isDirectory()) return;
  const layers = await listLayers(lake);
  throw new ChartliftError(
    'layer_unknown',
    `There is no layer "${layer}" in the lake.`,
    `Layers there are: ${layers.join(', ')}. A new layer is a new directory in the lake.`,
  );
}

/** The tables of a layer by name: directories that hold a log with at least one entry. */
export async function listTables(lake: string, layer: string): Promise<string[]> {
  const names = (await directoriesIn(join(lake, layer))).filter(isTableName).sort();
  const tables: string[] = [];
  for (const table of names) {
    if (await hasTable(lake, { layer, table })) tables.push(table);
  }
  return tables;
}

/** Whether a table is there: a log with at least one entry. */
export async function hasTable(lake: string, id: TableId): Promise<boolean> {
  const log = logDirectory(tableDirectory(lake, id));
  // Most logs still begin at the beginning, and then need not be listed.
  if (look(join(log, `${'0'.repeat(20)}.json`)) !== null) return true;
  return (await namesIn(log)).some((name) => /^\d{20}\./.test(name));
}

/** Every table of the lake, layer by layer. */
export async function listTableIds(lake: string): Promise<TableId[]> {
  const ids: TableId[] = [];
  for (const layer of await listLayers(lake)) {
    for (const table of await listTables(lake, layer)) ids.push({ layer, table });
  }
  return ids;
}
