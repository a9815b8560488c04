import { linkSync, mkdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StepHook } from '../commit/write-step.ts';
import { syncDirectory, syncDirectoryTogether, writeDurably } from '../durable-files.ts';
import { logDirectory } from '../lake-directory.ts';
import { systemErrorCode } from '../lake-error.ts';
import { checksumFileName, commitFileName } from '../log/log-file-name.ts';

/** A file in the staging directory and the name that it gets in the table. */
export interface MovableFile {
  readonly name: string;
  readonly path: string;
}

/** A commit as it goes to the disk: plain data, which can be handed to another thread. */
export interface Publishing {
  /** The table's directory; made with its log when the version is the first. */
  readonly directory: string;
  readonly version: number;
  readonly files: readonly MovableFile[];
  /** The log entry of the version: its text, and where it lies until it counts. */
  readonly entry: { readonly path: string; readonly text: string };
  /** Text of the version's checksum file. */
  readonly checksum: string;
}

/** A version that was made. */
export interface Published {
  /** Why its checksum could not be written; it stands without. */
  readonly checksumFailure: unknown;
}

/**
 * Moves the data files of a commit into the table's directory and adds the log entry that makes them count.
 * Null when somebody else has made that version (Delta protocol, "Creation of New Log Entries": never
 * overwrite an entry). Then, and when it fails, the data files are back in the staging directory.
 *
 * @throws the system's error
 */
export async function publishFiles(
  { directory, version, files, entry, checksum }: Publishing,
  onStep: StepHook,
): Promise<Published | null> {
  const log = logDirectory(directory);
  const isNew = version === 0;
  /** Files in the table's directory that no entry names yet. */
  let moved: MovableFile[] = [];
  try {
    if (isNew) {
      // Never the layer: a run would bring back one that was renamed.
      makeDirectory(directory);
      makeDirectory(log);
    }
    for (const file of files) {
      renameSync(file.path, join(directory, file.name));
      moved.push(file);
      await onStep('file_moved');
    }
    await onStep('files_moved');
    // Nothing of it may be lost once the entry is there: the files' names, and what the entry says.
    await Promise.all([syncDirectory(directory), writeDurably(entry.path, entry.text)]);
    await onStep('entry_staged');
    // A link appears with its whole content or not at all, and never replaces a file.
    if (!made(() => linkSync(entry.path, join(log, commitFileName(version))))) return null;
    // From here on the files are the table's.
    moved = [];
  } finally {
    for (const file of moved) renameSync(join(directory, file.name), file.path);
  }
  // Lost before this, a new table is lost as a whole.
  await Promise.all([syncDirectory(log), isNew && syncDirectoryTogether(dirname(directory))]);
  unlinkSync(entry.path);
  await onStep('committed');
  const checksumFailure = writeChecksum(join(log, checksumFileName(version)), checksum);
  await onStep('checksummed');
  return { checksumFailure };
}

/** Makes a directory unless it is there. */
function makeDirectory(directory: string): void {
  made(() => mkdirSync(directory));
}

/**
 * Never replaces one that is there (Delta protocol, "Version Checksum File"). Whoever reads it before it is
 * whole, or finds what a power loss left of it, goes by the log.
 */
function writeChecksum(path: string, text: string): unknown {
  try {
    made(() => writeFileSync(path, text, { flag: 'wx' }));
    return null;
  } catch (error) {
    return error;
  }
}

/** Whether something was made; `false` where there is one already. */
function made(make: () => void): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
    return false;
  }
}
