import { dropTable } from '../catalog/edit-table.ts';
import { openLakeReader } from '../catalog/lake-reader.ts';
import { formatTableId } from '../catalog/table-id.ts';
import type { TableListing } from '../catalog/table-listing.ts';
import { ChartliftError } from '../errors.ts';
import type { RunStore } from '../state/runs.ts';
import type { SourceStore } from '../state/sources.ts';
import { refuseWhileActive } from './run-active.ts';
import type { Sources } from './sources.ts';

export interface RemoveSourceParts {
  readonly sources: Sources;
  readonly store: SourceStore;
  readonly runs: RunStore;
  readonly lake: string;
}

/** What goes with a source, and what it leaves. */
export interface SourceRemoval {
  readonly tables: readonly TableListing[];
  /** Names of sources that run after it, and would run by nothing any more. */
  readonly followers: readonly string[];
  readonly dropped: boolean;
}

/**
 * Deletes a source with its runs; its tables stay in the catalog unless `drop` is set.
 *
 * @param dryRun only says what would go
 * @throws ChartliftError `not_found`, `run_active`, `conflict` while other sources run after it
 */
export async function removeSource(
  { sources, store, runs, lake }: RemoveSourceParts,
  id: string,
  { drop, dryRun }: { readonly drop: boolean; readonly dryRun: boolean },
): Promise<SourceRemoval> {
  await sources.get(id);
  const streams = (await store.streams(id)).filter(({ selected }) => selected);
  const names = new Set(streams.map(formatTableId));
  const reader = await openLakeReader(lake);
  const tables = await reader.tables().finally(() => reader.close());
  const own = tables.filter((table) => names.has(formatTableId(table)));
  const followers = (await store.after(id, { includePaused: true })).map(({ name }) => name);
  if (dryRun) return { tables: own, followers, dropped: drop };
  await refuseWhileUsed(runs, id, followers);
  await store.remove(id);
  if (drop) for (const table of own) await dropTable(lake, table);
  return { tables: own, followers, dropped: drop };
}

async function refuseWhileUsed(
  runs: RunStore,
  id: string,
  followers: readonly string[],
): Promise<void> {
  await refuseWhileActive(runs, new Set([id]));
  if (followers.length === 0) return;
  throw new ChartliftError(
    'conflict',
    `Other sources run after this one: ${followers.join(', ')}.`,
    'Give them another trigger first.',
  );
}
