import { readdir, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ChartliftError } from '../../errors.ts';
import { readJournals } from '../commit/journal.ts';
import { logDirectory, namesIn } from '../lake-directory.ts';
import { dataFileOf } from '../log/data-file-path.ts';
import type { TableSource } from '../log/log-entry.ts';
import { parseLogFileName } from '../log/log-file-name.ts';
import { listLog } from '../log/log-listing.ts';
import { eachVersion } from '../log/log-versions.ts';
import { readSnapshot } from '../log/snapshot.ts';
import { findStaging } from '../stage/staging-directory.ts';
import { formatTableId, type TableId } from '../table-id.ts';
import { type DatedVersion, type FoundFile, planLogCleanup, planVacuum } from './vacuum-plan.ts';

export interface VacuumOptions {
  /** How long a version stays readable after another replaced it. Days, 0 or more. */
  readonly retainDays: number;
  /** Only say what would be removed. */
  readonly dryRun?: boolean;
}

/** What a vacuum removed from one table, or would remove. */
export interface VacuumedTable extends TableId {
  /** Data files, relative to the table's directory. */
  readonly dataFiles: readonly string[];
  /** Log entries and checkpoints that a newer checkpoint covers. */
  readonly logFiles: readonly string[];
  /** Bytes of the data files. */
  readonly bytes: number;
  /** Why nothing of this table was removed; null when all went well. */
  readonly error: ChartliftError | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Removes from one table what only versions need that are not retained any more. A table that
 * cannot be read is left as it is, and the result says why.
 *
 * @param now ms since the epoch
 */
export async function vacuumTable(
  lake: string,
  source: TableSource,
  options: VacuumOptions,
  now: number,
): Promise<VacuumedTable> {
  try {
    return await vacuumReadable(lake, source, options, now);
  } catch (error) {
    const spared = error instanceof ChartliftError && error.code.startsWith('table_');
    if (!spared) throw error;
    return { ...source.id, dataFiles: [], logFiles: [], bytes: 0, error };
  }
}

async function vacuumReadable(
  lake: string,
  source: TableSource,
  options: VacuumOptions,
  now: number,
): Promise<VacuumedTable> {
  // Refuses tables that hold more than chartlift knows of, such as deletion vectors.
  await readSnapshot(source);
  const retainMs = options.retainDays * DAY_MS;
  const versions: DatedVersion[] = [];
  for await (const { version, state, entry } of eachVersion(source)) {
    const files = [...state.files.keys()].map((path) => dataFileOf(source.directory, path));
    versions.push({ version, files, committedAt: entry?.committedAt ?? 0 });
  }
  const found = await findDataFiles(source.directory);
  const live = await filesOfLiveRuns(lake, source, now);
  const gone = planVacuum(
    versions,
    found.filter(({ path }) => !live.has(path)),
    now,
    retainMs,
  );
  const { checkpoints } = await listLog(logDirectory(source.directory));
  const logFiles = await logFilesBefore(
    source.directory,
    planLogCleanup(
      versions,
      checkpoints.map((checkpoint) => checkpoint.version),
      now,
      retainMs,
    ),
  );
  if (!options.dryRun) {
    // The log first: a version that it no longer tells cannot miss its files.
    for (const name of logFiles) {
      await rm(join(logDirectory(source.directory), name), { force: true });
    }
    for (const { path } of gone) await rm(path, { force: true });
  }
  return {
    ...source.id,
    dataFiles: gone.map(({ path }) => relative(source.directory, path)),
    logFiles,
    bytes: gone.reduce((sum, { size }) => sum + size, 0),
    error: null,
  };
}

/** Every data file below a table's directory, hidden directories left out (Delta protocol, "Data Files"). */
async function findDataFiles(directory: string): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  const pending = [directory];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true })) {
      const path = join(next, entry.name);
      if (entry.name.startsWith('_') || entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) pending.push(path);
      if (!entry.isFile() || !entry.name.endsWith('.parquet')) continue;
      const { size, mtimeMs } = await stat(path);
      found.push({ path, size, modifiedAt: mtimeMs });
    }
  }
  return found;
}

async function filesOfLiveRuns(
  lake: string,
  { id, directory }: TableSource,
  now: number,
): Promise<Set<string>> {
  const files = new Set<string>();
  for (const staging of await findStaging(lake, now)) {
    if (!staging.live) continue;
    for (const journal of await readJournals(staging.path)) {
      if (formatTableId(journal) !== formatTableId(id)) continue;
      for (const file of journal.files) files.add(join(directory, file));
    }
  }
  return files;
}

async function logFilesBefore(directory: string, version: number | null): Promise<string[]> {
  if (version === null) return [];
  const names = (await namesIn(logDirectory(directory))).sort();
  return names.filter((name) => {
    const file = parseLogFileName(name);
    if (file === null) return false;
    // A compaction that begins at the checkpoint tells of entries before its successor, too.
    return file.kind === 'compaction' ? file.version <= version : file.version < version;
  });
}
