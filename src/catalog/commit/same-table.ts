import { ChartliftError } from '../../errors.ts';
import type { TableSource } from '../log/log-entry.ts';
import { readSnapshot, type Snapshot } from '../log/snapshot.ts';
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
  if ((await identifyTable(source)) !== previous.metadata.id) throw tableMoved(source.id);
}
