/** A file of a table's log that readers and cleaning care about. */
export type LogFile =
  | { readonly kind: 'commit'; readonly version: number }
  | {
      readonly kind: 'checkpoint';
      readonly version: number;
      /** 1 to `parts`; 1 of 1 for a checkpoint in one file. */
      readonly part: number;
      readonly parts: number;
    }
  | { readonly kind: 'checksum'; readonly version: number }
  | { readonly kind: 'compaction'; readonly version: number };

/** Hint for readers: which checkpoint is the newest (Delta protocol, "Last Checkpoint File"). */
export const LAST_CHECKPOINT = '_last_checkpoint';

const COMMIT = /^(\d{20})\.json$/;
const CHECKPOINT = /^(\d{20})\.checkpoint(?:\.(\d{10})\.(\d{10}))?\.parquet$/;
const CHECKSUM = /^(\d{20})\.crc$/;
const COMPACTION = /^(\d{20})\.\d{20}\.compacted\.json$/;

/** Versions are zero-padded to 20 digits (Delta protocol, "Delta Log Entries"). */
function padded(version: number): string {
  return String(version).padStart(20, '0');
}

export function commitFileName(version: number): string {
  return `${padded(version)}.json`;
}

/** The name of a classic checkpoint in one file (Delta protocol, "Checkpoints"). */
export function checkpointFileName(version: number): string {
  return `${padded(version)}.checkpoint.parquet`;
}

/** The name of a version's checksum (Delta protocol, "Version Checksum File"). */
export function checksumFileName(version: number): string {
  return `${padded(version)}.crc`;
}

/** What a file of the log is by its name; null for what chartlift has no use for. */
export function parseLogFileName(name: string): LogFile | null {
  const commit = COMMIT.exec(name);
  if (commit) return { kind: 'commit', version: Number(commit[1]) };
  const checkpoint = CHECKPOINT.exec(name);
  if (checkpoint) {
    const [, version, part = '1', parts = '1'] = checkpoint;
    return {
      kind: 'checkpoint',
      version: Number(version),
      part: Number(part),
      parts: Number(parts),
    };
  }
  const checksum = CHECKSUM.exec(name);
  if (checksum) return { kind: 'checksum', version: Number(checksum[1]) };
  const compaction = COMPACTION.exec(name);
  return compaction ? { kind: 'compaction', version: Number(compaction[1]) } : null;
}
