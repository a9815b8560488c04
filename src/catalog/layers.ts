import { mkdir, rename, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, systemClock } from '../clock.ts';
import { ChartliftError } from '../errors.ts';
import { withEditLock } from './commit/edit-lock.ts';
import { removeEmptyTable } from './commit/leftovers.ts';
import { syncDirectory } from './durable-files.ts';
import {
  assertLakeExists,
  assertLayerExists,
  listTables,
  namesIn,
  tableDirectory,
} from './lake-directory.ts';
import { explainWriteFailure, systemErrorCode } from './lake-error.ts';
import { assertLayerName, isTableName } from './table-id.ts';

/**
 * Makes a layer.
 * @throws ChartliftError `layer_name_invalid`, `layer_taken`, `lake_not_writable`, …
 */
export async function createLayer(lake: string, name: string): Promise<void> {
  assertLayerName(name);
  await assertLakeExists(lake);
  try {
    await mkdir(join(lake, name));
    await syncDirectory(lake);
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') throw layerTaken(name);
    throw explainWriteFailure(error, lake);
  }
}

/**
 * Gives a layer another name, with all its tables. One rename: at every moment they all have just one
 * of the names. A run that had one of them open gets `commit_conflict` or `layer_unknown`.
 *
 * @throws ChartliftError `layer_unknown`, `layer_name_invalid`, `layer_taken`, `commit_conflict`, …
 */
export async function renameLayer(
  lake: string,
  from: string,
  to: string,
  clock: Clock = systemClock,
): Promise<void> {
  assertLayerName(to);
  await assertLakeExists(lake);
  await assertLayerExists(lake, from);
  if (from === to) return;
  try {
    await withEditLock(lake, clock, { tables: [], layers: [from, to] }, async () => {
      await assertLayerExists(lake, from);
      // Renaming would silently replace an empty directory.
      if (await exists(join(lake, to))) throw layerTaken(to);
      await rename(join(lake, from), join(lake, to));
      await syncDirectory(lake);
    });
  } catch (error) {
    throw explainWriteFailure(error, lake);
  }
}

/**
 * Removes a layer that holds nothing.
 * @throws ChartliftError `layer_unknown`, `layer_not_empty`, `commit_conflict`, …
 */
export async function removeLayer(
  lake: string,
  name: string,
  clock: Clock = systemClock,
): Promise<void> {
  await assertLakeExists(lake);
  await assertLayerExists(lake, name);
  try {
    await withEditLock(lake, clock, { tables: [], layers: [name] }, async () => {
      await assertLayerExists(lake, name);
      await removeEmptyTables(lake, name);
      await rmdir(join(lake, name)).catch(async (error: unknown) => {
        const code = systemErrorCode(error);
        throw code === 'ENOTEMPTY' || code === 'EEXIST' ? await layerNotEmpty(lake, name) : error;
      });
      await syncDirectory(lake);
    });
  } catch (error) {
    throw explainWriteFailure(error, lake);
  }
}

/** Takes away directories of tables that never got a version. */
async function removeEmptyTables(lake: string, layer: string): Promise<void> {
  const tables = new Set(await listTables(lake, layer));
  for (const table of await namesIn(join(lake, layer))) {
    if (!isTableName(table) || tables.has(table)) continue;
    await removeEmptyTable(tableDirectory(lake, { layer, table }));
  }
}

async function layerNotEmpty(lake: string, name: string): Promise<ChartliftError> {
  const tables = await listTables(lake, name);
  const held = tables.length > 0 ? tables : await namesIn(join(lake, name));
  return new ChartliftError(
    'layer_not_empty',
    `Layer ${name} holds ${held.slice(0, 5).join(', ')}${held.length > 5 ? ', …' : ''}.`,
    'Move or drop what it holds first.',
  );
}

function layerTaken(name: string): ChartliftError {
  return new ChartliftError(
    'layer_taken',
    `There is a layer or file ${name} already.`,
    'Choose another name.',
  );
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
