import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { z } from 'zod';
import { ChartliftError, toChartliftError } from '../../errors.ts';
import { writeDurably } from '../durable-files.ts';
import { logDirectory, namesIn } from '../lake-directory.ts';
import { systemErrorCode } from '../lake-error.ts';
import { dataFileOf } from '../log/data-file-path.ts';
import type { TableSource } from '../log/log-entry.ts';
import { LAST_CHECKPOINT, parseLogFileName } from '../log/log-file-name.ts';
import { sortLogFiles } from '../log/log-listing.ts';
import { eachVersion } from '../log/log-versions.ts';
import { readSnapshot, type Snapshot } from '../log/snapshot.ts';
import { formatTableId, type TableId } from '../table-id.ts';
import { copyFileWithTimes, filesBelow, syncBelow } from './copy-file.ts';

/** What became of one table in a copy of its lake. */
export interface CopiedTable extends TableId {
  /** The version that is the copy's latest; null when the log cannot be read. */
  readonly version: number | null;
  /** Data files and log entries. */
  readonly files: number;
  readonly bytes: number;
  /** Why the table was copied file by file, without a look at whether they belong together. */
  readonly problem: ChartliftError | null;
}

/** A vacuum, or somebody who drops and makes tables, can spoil a try; rarely two in a row. */
const TRIES = 10;

const pointerSchema = z.object({ version: z.number() });

/**
 * Copies a table as it stands, while others may commit to it and vacuum it: the log first, and then
 * the data files that this log names. Both never change once they are there (Delta protocol, "Data
 * Files", "Delta Log Entries"), so what is copied is one version with what is left of its history.
 *
 * A table that chartlift cannot read is copied as its files are, and the result says so.
 *
 * @param target its directory in the copy; the parent must exist
 * @returns null when there is no such table any more; nothing of it is in the copy then
 */
export async function copyTable(
  source: TableSource,
  target: string,
  signal?: AbortSignal,
): Promise<CopiedTable | null> {
  for (let left = TRIES - 1; ; left -= 1) {
    signal?.throwIfAborted();
    await rm(target, { recursive: true, force: true });
    try {
      return await copyVersion(source, target, signal);
    } catch (error) {
      signal?.throwIfAborted();
      const missing = systemErrorCode(error) === 'ENOENT';
      const code = error instanceof ChartliftError ? error.code : null;
      if (!missing && code !== 'table_damaged' && code !== 'table_unsupported') throw error;
      if (left > 0 && code !== 'table_unsupported') continue;
      return copyAsItIs(source, target, toChartliftError(error), signal);
    }
  }
}

async function copyVersion(
  source: TableSource,
  target: string,
  signal: AbortSignal | undefined,
): Promise<CopiedTable | null> {
  const before = await identity(source.directory);
  const copied = before === null ? 0 : await copyLog(source, target);
  if (copied === 0) {
    await rm(target, { recursive: true, force: true });
    return null;
  }
  // From here on the copy of the log is read: it is what the data files must fit.
  const copy: TableSource = { ...source, directory: target };
  const snapshot = await readSnapshot(copy);
  if (snapshot === null) throw damaged(source.id, 'its log has no version');
  let bytes = 0;
  let files = copied;
  for (const file of await dataFiles(copy, snapshot)) {
    signal?.throwIfAborted();
    const size = await copyDataFile(source, file);
    if (size === null) continue;
    files += 1;
    bytes += size;
  }
  if ((await identity(source.directory)) !== before) {
    throw damaged(source.id, 'another table has taken its place');
  }
  // Only now: waiting for the disk gives others time to remove what is to be copied.
  await syncBelow(target);
  return { ...source.id, version: snapshot.version, files, bytes, problem: null };
}

/** Copies the log as it is at one moment. Returns how many files that were. */
async function copyLog({ id, directory }: TableSource, target: string): Promise<number> {
  const log = logDirectory(directory);
  const copy = logDirectory(target);
  // Read before the log is listed, so that the checkpoint which it names is in the list.
  const pointer = await readFile(join(log, LAST_CHECKPOINT), 'utf8').catch(() => null);
  const names = (await namesIn(log)).filter((name) => parseLogFileName(name) !== null);
  await mkdir(copy, { recursive: true });
  const copied = new Set<string>();
  // What a vacuum removes meanwhile is old: the newest come first.
  for (const name of names.toSorted().reverse()) {
    const size = await copyFileWithTimes(join(log, name), join(copy, name)).catch(ignoreMissing);
    if (size !== null) copied.add(name);
  }
  const lost = names.filter((name) => !copied.has(name)).map(versionOf);
  const kept =
    lost.length === 0
      ? copied
      : withoutOldest(
          id,
          copied,
          lost.reduce((a, b) => Math.max(a, b)),
        );
  for (const name of copied) if (!kept.has(name)) await rm(join(copy, name));
  if (pointer !== null && namesOneOf(pointer, [...kept])) {
    await writeDurably(join(copy, LAST_CHECKPOINT), pointer);
  }
  return kept.size;
}

/** A log without the files of some version, and all before it, begins at a checkpoint after that. */
function withoutOldest(id: TableId, names: ReadonlySet<string>, lost: number): Set<string> {
  const first = sortLogFiles([...names]).checkpoints.find(({ version }) => version > lost);
  if (first === undefined) throw damaged(id, `its log lost version ${lost} meanwhile`);
  return new Set([...names].filter((name) => versionOf(name) >= first.version));
}

function versionOf(name: string): number {
  return parseLogFileName(name)?.version ?? -1;
}

/** A pointer to a checkpoint that is not there would lead readers astray; without it they list the log. */
function namesOneOf(pointer: string, names: readonly string[]): boolean {
  try {
    const { version } = pointerSchema.parse(JSON.parse(pointer));
    return sortLogFiles(names).checkpoints.some((checkpoint) => checkpoint.version === version);
  } catch {
    return false;
  }
}

/** A data file that the copy's log names. */
interface NamedFile {
  /** As the log spells it. */
  readonly path: string;
  /** Where it is to be. */
  readonly to: string;
  /** Whether the latest version needs it. */
  readonly needed: boolean;
}

async function dataFiles(copy: TableSource, snapshot: Snapshot): Promise<Iterable<NamedFile>> {
  // By file: a log may spell one path in several ways.
  const files = new Map<string, NamedFile>();
  const add = (path: string, needed: boolean) => {
    const to = dataFileOf(copy.directory, path);
    files.set(to, { path, to, needed });
  };
  for await (const { state } of eachVersion(copy)) {
    for (const path of state.files.keys()) add(path, false);
  }
  for (const { path } of snapshot.files) add(path, true);
  for (const { path, to } of files.values()) assertInside(copy, path, to);
  // Files that only older versions need are the ones that a vacuum may remove meanwhile.
  return [...files.values()].sort((a, b) => Number(b.needed) - Number(a.needed));
}

function assertInside({ id, directory }: TableSource, path: string, to: string): void {
  const inside = relative(directory, to);
  if (!inside.startsWith(`..${sep}`) && inside !== '..' && !isAbsolute(inside)) return;
  throw new ChartliftError(
    'table_unsupported',
    `The log of ${formatTableId(id)} names ${path}, which is not in the table's directory.`,
    'Copy that file by other means, and keep its place.',
  );
}

/** Returns the file's size; null for one that only older versions need and that a vacuum removed. */
async function copyDataFile(
  { id, directory }: TableSource,
  { path, to, needed }: NamedFile,
): Promise<number | null> {
  try {
    return await copyFileWithTimes(dataFileOf(directory, path), to);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    if (needed) throw damaged(id, `its file ${path} is missing`, error);
    return null;
  }
}

async function copyAsItIs(
  source: TableSource,
  target: string,
  problem: ChartliftError,
  signal: AbortSignal | undefined,
): Promise<CopiedTable | null> {
  await rm(target, { recursive: true, force: true });
  let files = 0;
  let bytes = 0;
  // The log first here, too: its data files are there then, and what is newer does no harm.
  for (const directory of ['_delta_log', '']) {
    const below = await filesBelow(join(source.directory, directory)).catch(ignoreMissing);
    for (const file of below ?? []) {
      signal?.throwIfAborted();
      const path = join(directory, file);
      if (directory === '' && path.startsWith(`_delta_log${sep}`)) continue;
      const size = await copyFileWithTimes(join(source.directory, path), join(target, path)).catch(
        ignoreMissing,
      );
      if (size === null) continue;
      files += 1;
      bytes += size;
    }
  }
  if (files > 0) await syncBelow(target);
  return files === 0 ? null : { ...source.id, version: null, files, bytes, problem };
}

function ignoreMissing(error: unknown): null {
  if (systemErrorCode(error) === 'ENOENT') return null;
  throw error;
}

/** Tells a directory from another one that came to have its name; null when there is none. */
async function identity(directory: string): Promise<string | null> {
  const found = await stat(directory, { bigint: true }).catch(ignoreMissing);
  return found === null ? null : `${found.dev}/${found.ino}`;
}

function damaged(id: TableId, what: string, cause?: unknown): ChartliftError {
  return new ChartliftError(
    'table_damaged',
    `${formatTableId(id)} could not be copied whole: ${what}.`,
    'Check the table with chartlift history; then copy again.',
    { cause },
  );
}
