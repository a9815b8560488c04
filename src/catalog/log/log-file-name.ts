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

const LONG_NAME =
  /^(\d{20})\.(?:checkpoint(?:\.(\d{10})\.(\d{10}))?\.parquet|\d{20}\.(compacted)\.json)$/;

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

/** Lengths of the names of commits and checksums, of which a log may have thousands. */
const COMMIT_LENGTH = 25;
const CHECKSUM_LENGTH = 24;

/** What a file of the log is by its name; null for what chartlift has no use for. */
export function parseLogFileName(name: string): LogFile | null {
  if (name.length <= COMMIT_LENGTH) return parseShortName(name);
  const match = LONG_NAME.exec(name);
  if (match === null) return null;
  const [, digits, part = '1', parts = '1', compaction] = match;
  const version = Number(digits);
  if (compaction) return { kind: 'compaction', version };
  return { kind: 'checkpoint', version, part: Number(part), parts: Number(parts) };
}

function parseShortName(name: string): LogFile | null {
  const { length } = name;
  const isCommit = length === COMMIT_LENGTH && name.endsWith('.json');
  if (!isCommit && !(length === CHECKSUM_LENGTH && name.endsWith('.crc'))) return null;
  let version = 0;
  for (let at = 0; at < 20; at += 1) {
    const digit = name.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return null;
    version = version * 10 + digit;
  }
  return { kind: isCommit ? 'commit' : 'checksum', version };
}
