import { join } from 'node:path';
import { z } from 'zod';
import { readText } from '../at-once.ts';
import {
  type Action,
  type AddFile,
  addSchema,
  metadataSchema,
  type Protocol,
  protocolSchema,
  type TableMetadata,
  type Transaction,
  transactionSchema,
} from './actions.ts';
import { checksumFileName } from './log-file-name.ts';

/**
 * Files above which a checksum does not list them: it is written with every commit, and a table of
 * chartlift has one file for each quarter of a million rows.
 */
const MAX_LISTED_FILES = 1000;

const checksumSchema = z.object({
  numFiles: z.number(),
  metadata: metadataSchema,
  protocol: protocolSchema,
  setTransactions: z.array(transactionSchema).nullish(),
  allFiles: z.array(addSchema).nullish(),
});

/** The state of a table that a checksum describes. */
export interface ChecksumState {
  readonly protocol: Protocol;
  readonly metadata: TableMetadata;
  readonly files: readonly AddFile[];
  readonly transactions: readonly Transaction[];
}

/** The checksum of a version (Delta protocol, "Version Checksum File Schema"). */
export function formatChecksum(state: ChecksumState): string {
  return JSON.stringify({
    tableSizeBytes: state.files.reduce((sum, file) => sum + file.size, 0),
    numFiles: state.files.length,
    numMetadata: 1,
    numProtocol: 1,
    setTransactions: state.transactions,
    metadata: state.metadata,
    protocol: state.protocol,
    ...(state.files.length <= MAX_LISTED_FILES ? { allFiles: state.files } : {}),
  });
}

/**
 * Reads the state of a version from its checksum, which spares replaying the log. Null when it
 * lists no files or is not whole: a checksum is an extra that nobody has to write, or to keep.
 */
export async function readChecksum(
  logDirectory: string,
  version: number,
): Promise<Action[] | null> {
  try {
    const text = await readText(join(logDirectory, checksumFileName(version)));
    const { metadata, protocol, numFiles, allFiles, setTransactions } = checksumSchema.parse(
      JSON.parse(text),
    );
    if (allFiles?.length !== numFiles) return null;
    return [
      { protocol },
      { metaData: metadata },
      ...(setTransactions ?? []).map((txn) => ({ txn })),
      ...allFiles.map((add) => ({ add })),
    ];
  } catch {
    // The log itself tells the same.
    return null;
  }
}
