/** A file in a table's directory. */
export interface FoundFile {
  /** Where it is on disk. */
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** Bytes. */
  readonly size: number;
}

/** A version of a table in time. */
export interface DatedVersion {
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly committedAt: number;
  /** Its data files on disk. */
  readonly files: readonly string[];
}

/**
 * How old a file must be that no version knows: a writer that we cannot see may be about to commit
 * it. A day, as the protocol has it for unreferenced files ("Metadata Cleanup", step 5).
 */
const UNKNOWN_FILE_GRACE_MS = 24 * 60 * 60 * 1000;

/**
 * The data files that may go: those that no retained version needs. A version is retained while it
 * is the latest, and until `retainMs` have passed since the next one replaced it.
 *
 * @param versions oldest first, without gaps
 * @param found every data file there is
 * @param now ms since the epoch
 */
export function planVacuum(
  versions: readonly DatedVersion[],
  found: readonly FoundFile[],
  now: number,
  retainMs: number,
): FoundFile[] {
  const cutoff = now - retainMs;
  const needed = new Set<string>();
  const known = new Set<string>();
  for (const [index, { files }] of versions.entries()) {
    const replacedAt = versions[index + 1]?.committedAt ?? Number.POSITIVE_INFINITY;
    const retained = replacedAt > cutoff;
    for (const path of files) {
      known.add(path);
      if (retained) needed.add(path);
    }
  }
  const unknownCutoff = Math.min(cutoff, now - UNKNOWN_FILE_GRACE_MS);
  return found.filter(
    (file) => !needed.has(file.path) && (known.has(file.path) || file.modifiedAt < unknownCutoff),
  );
}

/**
 * The version before which log files may go: the newest checkpoint from which every retained
 * version can still be read (Delta protocol, "Metadata Cleanup", steps 1 and 2). Null when there is
 * none, and nothing may go.
 */
export function planLogCleanup(
  commits: readonly { readonly version: number; readonly committedAt: number }[],
  checkpoints: readonly number[],
  now: number,
  retainMs: number,
): number | null {
  const cutoff = now - retainMs;
  const cutoffCommit = commits.findLast((commit) => commit.committedAt <= cutoff);
  if (cutoffCommit === undefined) return null;
  return checkpoints.findLast((version) => version <= cutoffCommit.version) ?? null;
}
