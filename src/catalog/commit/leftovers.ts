import { rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ChartliftError } from '../../errors.ts';
import { intentFile, logDirectory, namesIn, tableDirectory } from '../lake-directory.ts';
import { systemErrorCode } from '../lake-error.ts';
import { readLogEntry, type TableSource } from '../log/log-entry.ts';
import { listLog } from '../log/log-listing.ts';
import { readableVersions, readState } from '../log/table-state.ts';
import { findStaging } from '../stage/staging-directory.ts';
import { isLayerName, isTableName } from '../table-id.ts';
import { type Journal, readJournals } from './journal.ts';

/**
 * Cleans up what runs left that died: data files that they had moved into a table and not
 * committed, and their staging directories. Touches nothing of runs at work, and no file that a
 * journal does not name.
 *
 * @param now ms since the epoch
 * @param duckdb to read checkpoints
 */
export async function removeLeftovers(
  lake: string,
  now: number,
  duckdb: () => Promise<DuckDBConnection>,
): Promise<void> {
  for (const staging of await findStaging(lake, now)) {
    if (staging.live) continue;
    let undone = true;
    for (const journal of await readJournals(staging.path)) {
      undone = (await undo(lake, journal, duckdb)) && undone;
    }
    // Kept, with its journals, where a table's log could not tell what belongs to it.
    if (!undone) continue;
    // Of an edit that died.
    await rm(intentFile(lake, basename(staging.path)), { force: true });
    await rm(staging.path, { recursive: true, force: true });
  }
}

/** Removes the files of a dead commit that the table's log does not know. `false` when it cannot tell. */
async function undo(
  lake: string,
  journal: Journal,
  duckdb: () => Promise<DuckDBConnection>,
): Promise<boolean> {
  const id = { layer: journal.layer, table: journal.table };
  if (!isLayerName(id.layer) || !isTableName(id.table)) return false;
  const directory = tableDirectory(lake, id);
  try {
    const committed = await committedFiles({ id, directory, duckdb }, journal.readVersion);
    for (const file of journal.files) {
      if (!committed.has(file)) await rm(join(directory, file), { force: true });
    }
  } catch (error) {
    if (error instanceof ChartliftError && error.code === 'table_damaged') return false;
    throw error;
  }
  if (journal.readVersion === null) await removeEmptyTable(directory);
  return true;
}

/**
 * Names of files that the log knows: those of the latest version, and those of every commit after
 * the one that the dead run had read.
 */
async function committedFiles(
  source: TableSource,
  readVersion: number | null,
): Promise<ReadonlySet<string>> {
  const listing = await listLog(logDirectory(source.directory));
  const versions = readableVersions(listing);
  const files = new Set<string>();
  if (versions === null) return files;
  const { state } = await readState(source, listing, versions[1], false);
  for (const path of state.files.keys()) files.add(path);
  for (const version of listing.commits) {
    if (version <= (readVersion ?? -1)) continue;
    const { actions } = await readLogEntry(source, version);
    for (const { add } of actions) if (add) files.add(add.path);
  }
  return files;
}

/** What says that there is no directory to remove, or something in it. */
const LEFT_AS_IT_IS: ReadonlySet<string | undefined> = new Set([
  'ENOENT',
  'ENOTEMPTY',
  'EEXIST',
  'ENOTDIR',
]);

/** Removes the directories of a table that never got a version, if there is nothing in them. */
export async function removeEmptyTable(directory: string): Promise<void> {
  if ((await namesIn(logDirectory(directory))).length > 0) return;
  for (const empty of [logDirectory(directory), directory]) {
    try {
      await rmdir(empty);
    } catch (error) {
      const code = systemErrorCode(error);
      if (!LEFT_AS_IT_IS.has(code)) throw error;
    }
  }
}
