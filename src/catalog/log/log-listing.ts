import { namesIn } from '../lake-directory.ts';
import { parseLogFileName } from './log-file-name.ts';

/** A complete checkpoint: the state of the table at `version`, in one or several files. */
export interface Checkpoint {
  readonly version: number;
  /** File names inside the log directory, in order of their parts. */
  readonly files: readonly string[];
}

/** What a table's log holds, oldest first. */
export interface LogListing {
  readonly commits: readonly number[];
  readonly checkpoints: readonly Checkpoint[];
  /** Versions that have a checksum. */
  readonly checksums: readonly number[];
}

/**
 * Sorts the names of a log directory.
 * Checkpoints with missing parts are left out (Delta protocol, "Checkpoints": readers must ignore them).
 */
export function sortLogFiles(names: readonly string[]): LogListing {
  const commits: number[] = [];
  const checksums: number[] = [];
  const parts = new Map<string, { version: number; parts: number; files: string[] }>();
  for (const name of names) {
    const file = parseLogFileName(name);
    if (file?.kind === 'commit') commits.push(file.version);
    if (file?.kind === 'checksum') checksums.push(file.version);
    if (file?.kind === 'checkpoint') {
      const key = `${file.version}/${file.parts}`;
      const checkpoint = parts.get(key) ?? { version: file.version, parts: file.parts, files: [] };
      checkpoint.files.push(name);
      parts.set(key, checkpoint);
    }
  }
  const checkpoints = [...parts.values()]
    .filter((checkpoint) => checkpoint.files.length === checkpoint.parts)
    .map(({ version, files }) => ({ version, files: files.sort() }))
    .sort((a, b) => a.version - b.version);
  return { commits: commits.sort(byNumber), checkpoints, checksums: checksums.sort(byNumber) };
}

const byNumber = (a: number, b: number) => a - b;

/**
 * Lists a log directory; empty when there is none.
 *
 * The whole directory is read instead of starting at `_last_checkpoint`: on a local disk that costs
 * under a millisecond for thousands of entries, and a stale hint can then hide no version.
 */
export async function listLog(logDirectory: string): Promise<LogListing> {
  return sortLogFiles(await namesIn(logDirectory));
}
