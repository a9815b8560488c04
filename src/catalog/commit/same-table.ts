import { ChartliftError } from '../../errors.ts';
import { logDirectory } from '../lake-directory.ts';
import type { TableSource } from '../log/log-entry.ts';
import { readSnapshot, type Snapshot } from '../log/snapshot.ts';
import { readChecksum } from '../log/version-checksum.ts';
import { formatTableId, type TableId } from '../table-id.ts';

/** The error for a table that went away under the run that writes it. */
export function tableMoved(id: TableId, cause?: unknown): ChartliftError {
  return new ChartliftError(
    'commit_conflict',
    `${formatTableId(id)} was dropped, renamed or moved while it was to be written.`,
    'Run again if it shall be written under this name; nothing was changed.',
    cause === undefined ? {} : { cause },
  );
}

/**
 * What tells a table from another of the same name (Delta protocol, "Change Metadata": its `id`);
 * null when there is no table.
 * @throws ChartliftError `table_damaged`, `table_unsupported`
 */
export async function identifyTable(source: TableSource): Promise<string | null> {
  return (await readSnapshot(source))?.metadata.id ?? null;
}

/**
 * Makes sure that the table is still the one that was read. The commit must be announced by then, so
 * that no edit takes the table away after this.
 * @throws ChartliftError `commit_conflict`
 */
export async function assertSameTable(source: TableSource, previous: Snapshot): Promise<void> {
  const { id } = previous.metadata;
  // The version that was read is there, and is the same table's: no need to list a log of thousands of files.
  const checksum = await readChecksum(logDirectory(source.directory), previous.version);
  if (checksum?.some(({ metaData }) => metaData?.id === id)) return;
  if ((await identifyTable(source)) !== id) throw tableMoved(source.id);
}
