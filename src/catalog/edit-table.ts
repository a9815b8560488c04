import { randomUUID } from 'node:crypto';
import { rename, stat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { type Clock, systemClock } from '../clock.ts';
import { ChartliftError } from '../errors.ts';
import { withEditLock } from './commit/edit-lock.ts';
import { CommitJournal } from './commit/journal.ts';
import { removeEmptyTable } from './commit/leftovers.ts';
import { relabelTable } from './commit/relabel-table.ts';
import { disk } from './disk/disk.ts';
import { lazyDuckdb } from './duckdb.ts';
import { syncDirectory } from './durable-files.ts';
import { assertLakeExists, assertLayerExists, hasTable, tableDirectory } from './lake-directory.ts';
import { explainWriteFailure } from './lake-error.ts';
import { LazyConnection } from './lazy-connection.ts';
import { dataFileOf } from './log/data-file-path.ts';
import { readSnapshot } from './log/snapshot.ts';
import { stagingSettings } from './stage/part-file.ts';
import { Slots } from './stage/slots.ts';
import { takeStagingDirectory } from './stage/staging-directory.ts';
import {
  assertTableName,
  formatTableId,
  isLayerName,
  isTableName,
  type TableId,
} from './table-id.ts';
import { tableNotFound } from './table-listing.ts';

/**
 * Removes a table with all its versions. One rename takes it out of its layer, so that it is there
 * whole or not at all; its files are deleted after that. A run that had it open gets `commit_conflict`.
 *
 * @throws ChartliftError `table_not_found`, `commit_conflict`, `lake_not_writable`, …
 */
export async function dropTable(
  lake: string,
  id: TableId,
  clock: Clock = systemClock,
): Promise<void> {
  await edit(lake, async () => {
    await assertTableExists(lake, id);
    const scope = { tables: [formatTableId(id)], layers: [] };
    await withEditLock(lake, clock, scope, async (directory) => {
      await assertTableExists(lake, id);
      await rename(tableDirectory(lake, id), join(directory, 'dropped'));
      await syncDirectory(join(lake, id.layer));
    });
  });
}

/**
 * Gives a table another name, or moves it into another layer, with all its versions. One rename: at
 * every moment it is whole under just one of the names. A run that had it open gets `commit_conflict`.
 *
 * @throws ChartliftError `table_not_found`, `table_name_invalid`, `table_name_taken`, `layer_unknown`,
 * `table_unsupported` for a table whose log holds whole paths, `commit_conflict`, `lake_not_writable`, …
 */
export async function renameTable(
  lake: string,
  id: TableId,
  newId: TableId,
  clock: Clock = systemClock,
): Promise<void> {
  assertTableName(newId.table);
  await edit(lake, async () => {
    await assertLayerExists(lake, newId.layer);
    await assertTableExists(lake, id);
    if (formatTableId(id) === formatTableId(newId)) return;
    const scope = { tables: [formatTableId(id), formatTableId(newId)], layers: [] };
    await withEditLock(lake, clock, scope, async () => {
      await assertTableExists(lake, id);
      await assertMovable(lake, id);
      const target = tableDirectory(lake, newId);
      await removeEmptyTable(target);
      await assertFree(target, newId);
      await rename(tableDirectory(lake, id), target);
      await syncDirectory(join(lake, newId.layer));
      await syncDirectory(join(lake, id.layer));
    });
  });
}

/**
 * Puts a table into a folder of its layer, or into none: a commit of a table property.
 * Returns the version that has it; no new one if it was there already.
 *
 * @throws ChartliftError `table_not_found`, `table_unsupported`, `table_damaged`, `commit_conflict`, …
 */
export async function setFolder(
  lake: string,
  id: TableId,
  folder: string | null,
  clock: Clock = systemClock,
): Promise<number> {
  let version = 0;
  await edit(lake, async () => {
    await assertTableExists(lake, id);
    const name = `folder-${randomUUID()}`;
    const staging = await takeStagingDirectory(lake, name, clock.now());
    const duckdb = lazyDuckdb(stagingSettings(staging.temporary));
    const connection = new LazyConnection(() => duckdb.connect());
    const journal = new CommitJournal(staging.path);
    try {
      const context = {
        lake,
        runId: name,
        staging: staging.path,
        clock,
        disk,
        journal,
        connection,
        connect: () => duckdb.connect(),
        slots: new Slots(1),
        onStep: () => undefined,
      };
      version = await relabelTable(context, id, { folder }, name);
    } finally {
      await connection.close();
      await duckdb.close();
      await journal.close();
      await staging.remove();
    }
  });
  return version;
}

async function edit(lake: string, work: () => Promise<void>): Promise<void> {
  await assertLakeExists(lake);
  try {
    await work();
  } catch (error) {
    throw explainWriteFailure(error, lake);
  }
}

async function assertTableExists(lake: string, id: TableId): Promise<void> {
  const isName = isLayerName(id.layer) && isTableName(id.table);
  if (!isName || !(await hasTable(lake, id))) throw await tableNotFound(lake, id);
}

/** A log may name its data files by whole paths (Delta protocol, "Add File"): these would break. */
async function assertMovable(lake: string, id: TableId): Promise<void> {
  const directory = tableDirectory(lake, id);
  const duckdb = lazyDuckdb({ threads: '1' });
  const snapshot = await readSnapshot({ id, directory, duckdb: () => duckdb.connection() }).finally(
    () => duckdb.close(),
  );
  const breaks = snapshot?.files.some(({ path }) => {
    if (!path.startsWith('file:') && !isAbsolute(decodeURIComponent(path))) return false;
    return !relative(directory, dataFileOf(directory, path)).startsWith('..');
  });
  if (!breaks) return;
  throw new ChartliftError(
    'table_unsupported',
    `The log of ${formatTableId(id)} names its files by their whole paths, which a move would break.`,
    'Copy the table with the engine that wrote it.',
  );
}

async function assertFree(target: string, id: TableId): Promise<void> {
  const there = await stat(target).then(
    () => true,
    () => false,
  );
  if (!there) return;
  throw new ChartliftError(
    'table_name_taken',
    `There is ${formatTableId(id)} already.`,
    'Choose another name.',
  );
}
